from fastapi import FastAPI
from fastapi.responses import JSONResponse

app = FastAPI()


@app.get("/blobs/{digest}")
def blob(digest: str):
    return JSONResponse({}, status_code=404, headers={"Cache-Control": "max-age=86400"})  # finding: CACHE-011
