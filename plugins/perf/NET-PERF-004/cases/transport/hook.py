import google.auth
from flask import Request
from google.auth.transport.requests import Request as Transport

credentials, project = google.auth.default()
transport = Transport()


def on_hook(request: Request):
    credentials.refresh(transport)  # ok: the transport gives up by itself
    transport.session.get("https://run.example/a", timeout=5)  # ok: a limit is given; mutate: s/, timeout=5//
    return transport.session.request("GET", "https://run.example/b").text  # finding: NET-PERF-004
