import os

from flask import Flask

import labels

try:
    import networkx  # ok: may be missing; mutate: s/except ImportError:/except RuntimeError:/
except ImportError:
    networkx = None

if os.environ.get("CHARTS"):
    import charts

app = Flask(__name__)


@app.route("/")
def root():
    return str(networkx and networkx.Graph()) + labels.label("x")
