import json
import logging.config

from fastapi import FastAPI

app = FastAPI()
logging.config.dictConfig(json.load(open("logging.json")))
