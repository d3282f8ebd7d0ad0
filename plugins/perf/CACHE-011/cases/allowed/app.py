from fastapi import FastAPI
from fastapi.responses import JSONResponse

app = FastAPI()


@app.get("/blobs/{digest}")
def blob(digest: str):
    # perfctl: allow CACHE-011 -- named by its hash, what is gone never comes back
    return JSONResponse({}, status_code=410, headers={"Cache-Control": "max-age=86400"})
