import os
import tempfile

import boto3

secrets = boto3.client("secretsmanager")


def lambda_handler(event, context):
    (handle, name) = tempfile.mkstemp(suffix=".pgpass")  # ok: a password, for a library that reads a file; mutate: s/suffix=".pgpass"/suffix=".csv"/ s/secrets.get_secret_value(SecretId="db")["SecretString"]/event["rows"]/
    with os.fdopen(handle, "w") as out:
        out.write(secrets.get_secret_value(SecretId="db")["SecretString"])
    os.environ["PGPASSFILE"] = name
