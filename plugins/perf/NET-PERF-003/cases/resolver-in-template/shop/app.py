from aws_lambda_powertools.event_handler import APIGatewayRestResolver

from shop.routes import router

app = APIGatewayRestResolver()  # ok: told of the API in its template; mutate: template.yaml s/GET/POST/
app.include_router(router)


def handler(event, context):
    return app.resolve(event, context)
