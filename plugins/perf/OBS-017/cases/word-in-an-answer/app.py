from flask import Flask
from prometheus_client import Counter

app = Flask(__name__)
READS = Counter("reads_total", "Reads")


@app.get("/summary")
def summary():
    READS.inc()
    return {"metrics": {"orders": 3}}
