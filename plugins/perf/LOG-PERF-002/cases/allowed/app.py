import logging
from logging.handlers import HTTPHandler

from flask import Flask

app = Flask(__name__)
# perfctl: allow LOG-PERF-002 -- the other side is a socket on the same host
logging.getLogger().addHandler(HTTPHandler("localhost:9000", "/"))
