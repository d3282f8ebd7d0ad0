from flask import Flask, request

app = Flask(__name__)
SEEN = []


@app.post("/orders")
def order():
    # perfctl: allow MEM-005 -- started anew every hour
    SEEN.append(request.json)
    return ""
