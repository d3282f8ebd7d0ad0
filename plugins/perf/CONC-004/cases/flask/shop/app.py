import threading

from flask import Flask, request

app = Flask(__name__)
lock = threading.Lock()
visits = 0
seen = []
counts = {}
is_logged_in = False
settings = None


@app.get("/")
def index():
    global visits
    visits += 1  # finding: CONC-004
    return str(visits)


@app.get("/pages/<name>")
def page(name):
    counts[name] += 1  # finding: CONC-004
    return name


@app.get("/seen/<name>")
def seeing(name):
    global seen
    seen = seen + [name]  # finding: CONC-004
    return name


@app.get("/safe/<name>")
def safe(name):
    with lock:
        counts[name] += 2  # ok: a lock; mutate: s/with lock:/if name:/
    return name


@app.get("/local/<name>")
def local(name):
    visits = 0
    visits += 3  # ok: a local; mutate: s/    visits = 0\n/    global visits\n/
    return str(visits)


@app.post("/login")
def login():
    global is_logged_in
    is_logged_in = True  # finding: CONC-004
    return ""


@app.get("/prefix")
def prefix():
    app.config["PREFIX"] = request.headers["X-Prefix"]  # finding: CONC-004
    return ""


@app.get("/settings")
def read():
    global settings
    if settings is None:
        settings = load(request.url)  # ok: filled in once; mutate: s/if settings is None:/if request.args:/
    return settings
