import logging
import sys

import flask

logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)  # finding: LOG-PERF-001
app = flask.Flask(__name__)
