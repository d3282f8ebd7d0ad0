import logging
from logging.handlers import HTTPHandler

from flask import Flask

app = Flask(__name__)
logging.getLogger().addHandler(HTTPHandler("logs", "/"))  # finding: LOG-PERF-002


def other(:
    pass
