from aws_cdk import aws_apigateway as apigateway


def make(scope, handler):
    # ok: it compresses; mutate: s|_compression|_other|
    api = apigateway.RestApi(scope, "Orders", min_compression_size=Size.kibibytes(1))
    api.root.add_resource("orders").add_method("GET", handler)
    api.root.add_resource("customers").add_method("ANY", handler)
