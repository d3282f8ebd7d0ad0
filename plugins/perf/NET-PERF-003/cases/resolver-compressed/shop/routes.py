from aws_lambda_powertools.event_handler.router import APIGatewayRouter

router = APIGatewayRouter()


@router.get("/orders", compress=True)
def orders():
    return []


@router.get("/prices")
def prices():
    return []
