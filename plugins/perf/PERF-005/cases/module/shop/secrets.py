import boto3


def read(name):
    session = boto3.session.Session()
    client = session.client(service_name="secretsmanager", region_name="eu-central-1")
    return client.get_secret_value(SecretId=name)["SecretString"]
