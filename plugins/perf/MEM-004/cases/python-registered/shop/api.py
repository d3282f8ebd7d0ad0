from flask import Flask, request

from shop.redis import make

app = Flask(__name__)
SCRIPT_ID = "take"


@app.post("/start")
def start():
    scripts = make(app)
    scripts.register_script(SCRIPT_ID, "return 1")
    scripts.remember(request.args["sid"], "")
    return ""
