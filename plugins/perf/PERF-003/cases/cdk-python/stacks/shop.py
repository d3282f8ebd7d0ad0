from aws_cdk import Stack, aws_apigateway as apigateway, aws_lambda as lambda_


class Shop(Stack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        orders = lambda_.Function(self, "Orders", runtime=lambda_.Runtime.PYTHON_3_13, handler="app.handler")  # finding: PERF-003
        apigateway.LambdaRestApi(self, "Api", handler=orders)
        carts = lambda_.DockerImageFunction(self, "Carts", code=image)  # finding: PERF-003
        carts.add_function_url()
