from google.cloud import secretmanager


def read(name):
    client = secretmanager.SecretManagerServiceClient()  # ok: only called where the module has no value yet
    return client.access_secret_version(name=name).payload.data.decode()


def read_each_time(name):
    client = secretmanager.SecretManagerServiceClient()  # finding: LAMBDA-002 confidence: high
    return client.access_secret_version(name=name).payload.data.decode()
