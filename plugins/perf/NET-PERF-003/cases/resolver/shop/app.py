from aws_lambda_powertools.event_handler import APIGatewayRestResolver

from shop.routes import router

app = APIGatewayRestResolver()  # finding: NET-PERF-003 confidence: medium
app.include_router(router)


def handler(event, context):
    return app.resolve(event, context)
