from functools import lru_cache

import fastavro
import fastjsonschema
import jsonschema
from flask import Flask, request
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

app = Flask(__name__)
SCHEMA = {"type": "object", "required": ["total"]}
VALIDATOR = Draft202012Validator(SCHEMA)
NUMBERS = TypeAdapter(list[int])


@app.post("/orders")
def order():
    jsonschema.validate(request.get_json(), SCHEMA)  # finding: JSON-003 confidence: medium
    return {}


@app.post("/orders/kept")
def kept():
    VALIDATOR.validate(request.get_json())  # ok: made once; mutate: s/VALIDATOR.validate(request.get_json())/jsonschema.validate(request.get_json(), SCHEMA)/
    return {}


@app.post("/orders/fast")
def fast():
    fastjsonschema.compile(SCHEMA)(request.get_json())  # finding: JSON-003
    return {}


@app.post("/orders/numbers")
def numbers():
    found = TypeAdapter(list[int]).validate_python(request.get_json())  # finding: JSON-003
    return {"sum": sum(NUMBERS.validate_python(found))}


@lru_cache(maxsize=100)
def of_version(version):
    return fastjsonschema.compile({"$id": version})  # ok: remembered


@app.post("/orders/versions")
def versions():
    of_version(request.args["version"])(request.get_json())
    check(request.get_json())
    return {}


@app.post("/orders/new")
def make_order():
    jsonschema.validate(request.get_json(), SCHEMA)  # finding: JSON-003
    return {}


@app.post("/orders/batch")
def load_orders():
    validate = fastjsonschema.compile(SCHEMA)  # finding: JSON-003
    return validate(request.get_json())


def make_validator():
    return fastjsonschema.compile(SCHEMA)  # ok: who calls it keeps it


VALIDATE = make_validator()


def check(body):
    schema = fastavro.parse_schema(SCHEMA)  # finding: JSON-003
    fastavro.validate(body, schema)
