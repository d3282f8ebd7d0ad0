import logging

import requests


class ChatHandler(logging.Handler):
    def emit(self, record):
        requests.post("https://chat/hook", json={"text": self.format(record)}, timeout=2)


class QuietHandler(logging.Handler):
    def emit(self, record):
        self.records.append(record)
