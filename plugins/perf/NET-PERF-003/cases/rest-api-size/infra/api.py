from aws_cdk import aws_apigateway as apigateway


def make(scope, handler):
    # ok: it compresses; mutate: s|min_compression_size=Size.kibibytes(1)|deploy=True|
    api = apigateway.RestApi(scope, "Orders", min_compression_size=Size.kibibytes(1))
    api.root.add_resource("orders").add_method("GET", handler)
    api.root.add_resource("customers").add_method("ANY", handler)
