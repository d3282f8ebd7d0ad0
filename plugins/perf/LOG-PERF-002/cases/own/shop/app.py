import logging

from flask import Flask

from shop.handlers import ChatHandler, QuietHandler

app = Flask(__name__)
# finding: LOG-PERF-002 confidence: high
app.logger.addHandler(ChatHandler())
app.logger.addHandler(QuietHandler())  # ok: keeps records in memory; mutate: s/QuietHandler())/ChatHandler())/
