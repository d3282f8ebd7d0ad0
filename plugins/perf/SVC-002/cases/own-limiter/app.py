from flask import Flask, abort, request

app = Flask(__name__)
seen = {}


@app.post("/login")
def login():
    seen[request.remote_addr] = seen.get(request.remote_addr, 0) + 1
    if seen[request.remote_addr] > 5:
        abort(429)
    return "in"
