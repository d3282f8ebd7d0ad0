import jsonschema
from flask import Flask, request

app = Flask(__name__)


@app.post("/settings")
def settings():
    # perfctl: allow JSON-003 -- somebody saves the settings twice a year
    jsonschema.validate(request.get_json(), {"type": "object"})
    return {}
