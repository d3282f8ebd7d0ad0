from flask import Flask, jsonify

app = Flask(__name__)


@app.post("/orders")
def order():
    response = jsonify(error="slow down")
    response.retry_after = 2
    return response, 429  # ok: the attribute is the header; mutate: s/response.retry_after = 2/pass/
