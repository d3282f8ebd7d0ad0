import google.auth
from flask import Request
from google.auth.transport.requests import Request as Transport

credentials, project = google.auth.default()


def call_api(path):
    transport = Transport()  # finding: NET-PERF-002 confidence: medium
    credentials.refresh(transport)
    return transport.session.request("GET", f"https://run.example/{path}", timeout=5)


def on_hook(request: Request):
    return call_api(request.args["path"]).text
