from aws_lambda_powertools.event_handler import APIGatewayRestResolver

from shop.routes import router

app = APIGatewayRestResolver()  # ok: its routes are told to; mutate: shop/routes.py s/, compress=True//
app.include_router(router)


def handler(event, context):
    return app.resolve(event, context)
