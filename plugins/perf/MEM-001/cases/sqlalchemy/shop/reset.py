from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from shop.models import Order, session

router = APIRouter()


def remove_file(order):
    print(order)


@router.post("/reset")
def reset(s: Session = Depends(session)):
    # Somebody does that once in a while: medium, not critical.
    gone = s.query(Order).all()  # finding: MEM-001
    for order in gone:
        for line in order.lines:
            remove_file(line)
    s.query(Order).delete()
    return {"gone": len(gone)}
