# A request of Starlette is the one that FastAPI hands over, and so is its application.
from fastapi import APIRouter
from starlette.requests import Request

router = APIRouter()


@router.get("/orders")
async def orders(request: Request):
    with request.app.state.pool.connection() as connection:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM orders WHERE open")  # finding: CONC-001
            return cursor.fetchmany(20)  # finding: CONC-001


@router.get("/order/{number}")
def order(number: str, request: Request):
    with request.app.state.pool.connection() as connection:
        # ok: an endpoint that is no coroutine runs in a thread; mutate: s/def order(/async def order(/
        connection.execute("SELECT * FROM orders WHERE number = %s", (number,))


@router.get("/reports")
async def reports(request: Request):
    async with request.app.state.reports.connection() as connection:
        await connection.execute("SELECT 1")  # ok: the pool that waits in the event loop
