import uvicorn
from fastapi import FastAPI

from stock.routes import router


def build(app):
    app.include_router(router)
    return app


uvicorn.run(build(FastAPI()))  # finding: NET-PERF-003
