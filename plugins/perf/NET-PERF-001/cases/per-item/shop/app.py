import requests
from flask import Flask

app = Flask(__name__)
MIRRORS = ["https://a.example", "https://b.example"]


@app.route("/ballots/<area>")
def ballots(area):
    found = []
    for ballot in requests.get(f"https://areas.example/{area}", timeout=2).json():  # finding: NET-PERF-001 confidence: low
        found.append(requests.get(f"https://ballots.example/{ballot}", timeout=2).json())  # finding: NET-PERF-001 confidence: medium
    return {"ballots": found}


@app.route("/mirrors")
def mirrors():
    return {"up": [requests.get(mirror, timeout=1).ok for mirror in MIRRORS]}  # finding: NET-PERF-001 confidence: low
