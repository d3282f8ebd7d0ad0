import tempfile

from flask import Flask, request

app = Flask(__name__)


@app.route("/film", methods=["POST"])
def film():
    # ok: nothing says that it is started on demand; mutate: compose.yaml s|services:|apiVersion: serving.knative.dev/v1|
    with tempfile.NamedTemporaryFile() as file:
        file.write(request.data)
    return "ok"
