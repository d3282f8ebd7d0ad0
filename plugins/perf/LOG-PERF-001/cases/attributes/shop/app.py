import logging
import os
import sys

from fastapi import FastAPI
from loguru import logger as sink
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine

app = FastAPI()
logger = logging.getLogger("shop")
logger.level = logging.DEBUG  # finding: LOG-PERF-001

handler = logging.StreamHandler()
handler.level = logging.DEBUG  # ok: a handler only filters what the logger lets through

quest = os
quest.level = 10  # ok: no logger

sink.add(sys.stderr, level="DEBUG")  # finding: LOG-PERF-001
sink.add("shop.log", level="INFO")  # ok: INFO; mutate: s/INFO/DEBUG/

engine = create_engine(os.environ["DATABASE_URL"], echo=True)  # finding: LOG-PERF-001
quiet = create_engine(os.environ["DATABASE_URL"], echo=False)  # ok: off; mutate: s/False/True/
asked = create_async_engine(os.environ["DATABASE_URL"], echo=os.environ.get("SQL_ECHO") == "1")  # ok: off unless somebody asks


@app.get("/")
def home():
    return {}
