import logging
from logging.handlers import SMTPHandler

from celery.signals import setup_logging
from flask import Flask

app = Flask(__name__)


@setup_logging.connect
def set_up(**options):
    logging.getLogger().addHandler(SMTPHandler("mail", "a", ["b"], "c"))  # ok: a worker's logs, no request waits
