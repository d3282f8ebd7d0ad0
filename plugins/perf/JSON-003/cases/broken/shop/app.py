import jsonschema
from flask import Flask, request

app = Flask(__name__)

@app.post("/settings")
def settings():

    jsonschema.validate(request.get_json(), {"type": "object"})  # finding: JSON-003
    return {}
