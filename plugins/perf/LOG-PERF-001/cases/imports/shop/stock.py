import os
import logging

import flask

logging.getLogger().setLevel(logging.DEBUG)  # finding: LOG-PERF-001
app = flask.Flask(os.environ["NAME"])
