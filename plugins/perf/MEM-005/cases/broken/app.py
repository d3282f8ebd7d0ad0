from flask import Flask, request

app = Flask(__name__)
SEEN = []


@app.post("/orders")
def order():
    SEEN.append(request.json)  # finding: MEM-005
    return ""


def broken(:
    pass
