from aws_cdk import Stack, aws_apigateway as apigateway, aws_lambda as lambda_


class Warm(Stack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        # ok: an alias is kept ready; mutate: s/, provisioned_concurrent_executions=2//
        prices = lambda_.Function(self, "Prices", handler="app.prices")
        lambda_.Alias(self, "Live", alias_name="live", version=prices.current_version, provisioned_concurrent_executions=2)
        apigateway.LambdaRestApi(self, "Api", handler=prices)
