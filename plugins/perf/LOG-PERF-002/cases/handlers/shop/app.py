import logging
import logging.handlers
import os
import socket
from logging.handlers import RotatingFileHandler, SMTPHandler

import watchtower
from flask import Flask
from graypy import GELFTCPHandler, GELFUDPHandler
from logging_loki import LokiHandler

app = Flask(__name__)
root = logging.getLogger()

http = logging.handlers.HTTPHandler("logs.example.org", "/records", method="POST")  # finding: LOG-PERF-002 confidence: high
root.addHandler(http)

# finding: LOG-PERF-002 confidence: high
root.addHandler(LokiHandler(url="https://loki/push"))
root.addHandler(GELFTCPHandler("graylog", 12201))  # finding: LOG-PERF-002 confidence: high
root.addHandler(GELFUDPHandler("graylog", 12201))  # ok: datagrams wait for nobody; mutate: s/addHandler(GELFUDPHandler("graylog"/addHandler(GELFTCPHandler("graylog"/

mail = SMTPHandler("mail", "shop@example.org", ["admin@example.org"], "error")  # finding: LOG-PERF-002 confidence: medium
mail.setLevel(logging.ERROR)
app.logger.addHandler(mail)

rotating = RotatingFileHandler("shop.log", maxBytes=1024, backupCount=3)  # finding: LOG-PERF-002 confidence: medium
app.logger.addHandler(rotating)

root.addHandler(logging.StreamHandler())  # ok: plain output
root.addHandler(logging.FileHandler("all.log"))  # ok: a write to a file
root.addHandler(logging.handlers.SysLogHandler("/dev/log"))  # ok: datagrams; mutate: s#("/dev/log")#(("log", 514), socktype=socket.SOCK_STREAM)#
root.addHandler(watchtower.CloudWatchLogHandler())  # ok: has a thread of its own; mutate: s/CloudWatchLogHandler()/CloudWatchLogHandler(use_queues=False)/

if os.environ.get("ENV") == "development":
    root.addHandler(logging.handlers.SocketHandler("localhost", 9020))  # ok: on a developer's machine; mutate: s/== "development"/== "live"/


@app.get("/orders")
def orders():
    app.logger.info("orders")
    return []
