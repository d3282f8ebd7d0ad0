import jwt
from fastapi import FastAPI

app = FastAPI()


@app.get("/me")
def me(token: str):
    keys = jwt.PyJWKClient("https://login.example/keys")  # finding: NET-PERF-002 confidence: high
    return keys.get_signing_key_from_jwt(token)
