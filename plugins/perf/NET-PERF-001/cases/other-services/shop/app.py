import requests
from flask import Flask, request, session

app = Flask(__name__)


class Cart:
    def get(self, key):
        return key


@app.route("/cart")
def cart():
    return {
        "user": session.get("user"),  # ok: the visitor's session, not HTTP
        "cart": Cart().get("x"),  # ok: a method of the project
        "page": request.args.get("page"),  # ok: the incoming request
        "code": requests.codes.ok,
    }
