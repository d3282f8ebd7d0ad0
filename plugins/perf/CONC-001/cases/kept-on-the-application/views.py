from fastapi import APIRouter, Request

router = APIRouter()


@router.get("/prices/{number}")
async def price(number: str, request: Request):
    return request.app.state.prices.get(number)  # finding: CONC-001


@router.get("/orders/{number}")
async def order(number: str, request: Request):
    return await request.app.state.orders.get(number)  # ok: the client that waits in the event loop


@router.get("/stock/{number}")
async def stock(number: str, request: Request):
    return request.app.state.stock.get(number)  # ok: nobody puts it there
