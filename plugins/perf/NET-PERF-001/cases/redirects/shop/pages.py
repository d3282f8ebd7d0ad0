from urllib.parse import urljoin

import requests
from flask import Flask

app = Flask(__name__)


@app.get("/pages/<path:url>")
def page(url):
    answer = requests.get(url, timeout=3, allow_redirects=False)  # finding: NET-PERF-001 confidence: low
    for _ in range(10):
        if not answer.is_redirect:
            break
        url = urljoin(url, answer.headers["Location"])
        # Each turn asks where the last answer sent it: no call per item.
        # finding: NET-PERF-001 confidence: low
        answer = requests.get(url, timeout=3, allow_redirects=False)
    return answer.text
