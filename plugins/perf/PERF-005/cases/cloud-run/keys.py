from google.cloud import secretmanager

kept = None


def signing_key():
    global kept
    if kept is None:
        client = secretmanager.SecretManagerServiceClient()
        kept = client.access_secret_version(name="projects/1/secrets/key/versions/latest").payload.data  # ok: read with the first request
    return kept
