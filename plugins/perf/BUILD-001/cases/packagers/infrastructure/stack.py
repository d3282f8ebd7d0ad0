from aws_cdk import aws_lambda


def code(root):
    return aws_lambda.Code.from_docker_build(path=root, file="api/runtime/Dockerfile")
