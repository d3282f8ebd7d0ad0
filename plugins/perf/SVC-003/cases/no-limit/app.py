from flask import Flask, abort

app = Flask(__name__)


@app.get("/letters/<number>")
def letter(number):
    abort(404)
