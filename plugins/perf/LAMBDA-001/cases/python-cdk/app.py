from aws_cdk import Stack
from aws_cdk import aws_lambda as functions


class Shop(Stack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        functions.Function(self, "All", runtime=functions.Runtime.PYTHON_3_12, handler="a.b", code=functions.Code.from_asset("."))  # finding: LAMBDA-001
