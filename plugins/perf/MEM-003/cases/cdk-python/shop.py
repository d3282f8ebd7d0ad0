from aws_cdk import aws_apigateway, aws_lambda


def shop(scope):
    orders = aws_lambda.Function(scope, "Orders", handler="app.handler", code=CODE)  # finding: MEM-003
    aws_apigateway.LambdaRestApi(scope, "Api", handler=orders)
    carts = aws_lambda.Function(scope, "Carts", handler="app.carts", memory_size=512)  # ok: has memory; mutate: s/, memory_size=512//
    carts.add_function_url()
