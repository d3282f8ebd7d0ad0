from flask import Flask

app = Flask(__name__)
visits = 0


@app.get("/")
def index():
    global visits
    # perfctl: allow CONC-004 -- a rough number will do
    visits += 1
    return str(visits)
