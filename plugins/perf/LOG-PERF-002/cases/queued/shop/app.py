import logging
import logging.handlers
import queue

from fastapi import FastAPI

app = FastAPI()
records = queue.SimpleQueue()
handler = logging.handlers.HTTPHandler("logs.example.org", "/records")  # ok: behind a queue; mutate: s/logging.handlers.QueueHandler(records)/handler/
logging.getLogger().addHandler(logging.handlers.QueueHandler(records))
logging.handlers.QueueListener(records, handler).start()
