from fastapi import FastAPI
from google.cloud import secretmanager

from keys import signing_key

client = secretmanager.SecretManagerServiceClient()
DATABASE = client.access_secret_version(name="projects/1/secrets/database/versions/latest").payload.data  # finding: PERF-005 confidence: high
MAIL = client.access_secret_version(name="projects/1/secrets/mail/versions/latest").payload.data  # finding: PERF-005 confidence: high

app = FastAPI()


@app.get("/keys")
def keys():
    return signing_key()
