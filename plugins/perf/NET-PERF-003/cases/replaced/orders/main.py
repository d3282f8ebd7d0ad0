from fastapi import FastAPI
from fastapi_versioning import VersionedFastAPI

app = FastAPI()  # finding: NET-PERF-003


@app.get("/orders")
def orders():
    return []


app = VersionedFastAPI(app)
