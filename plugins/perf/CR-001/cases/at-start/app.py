import threading

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "ok"


def watch():
    ...


if __name__ == "__main__":
    threading.Thread(target=watch, daemon=True).start()
    app.run(host="0.0.0.0", port=8080)
