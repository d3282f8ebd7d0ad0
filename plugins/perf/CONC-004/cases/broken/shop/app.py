from flask import Flask

app = Flask(__name__)
visits = 0


@app.get("/")
def index():
    global visits
    visits += 1  # finding: CONC-004
    return str(visits)


def half(:
    return
