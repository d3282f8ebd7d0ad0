from fastapi import APIRouter

router = APIRouter()


@router.get("/stock")
def stock():
    return []
