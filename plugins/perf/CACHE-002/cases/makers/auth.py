import jwt
from fastapi import FastAPI, Header

app = FastAPI()
keys = jwt.PyJWKClient("https://login.example.org/.well-known/jwks.json")  # ok: made once


@app.get("/orders")
def orders(authorization: str = Header()):
    return jwt.decode(authorization, keys.get_signing_key_from_jwt(authorization).key)


@app.get("/users")
def users(authorization: str = Header()):
    own = jwt.PyJWKClient("https://login.example.org/.well-known/jwks.json")  # finding: CACHE-002 confidence: high
    return jwt.decode(authorization, own.get_signing_key_from_jwt(authorization).key)
