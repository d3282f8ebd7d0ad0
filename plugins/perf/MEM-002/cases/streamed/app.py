import shutil

import requests
from flask import Flask, request

app = Flask(__name__)


@app.get("/size")
def size():
    answer = requests.get(request.args["url"], stream=True, timeout=5)  # finding: MEM-002 confidence: medium
    length = answer.headers.get("content-length")
    if length is None:
        return "unknown"
    return str(int(length) // 1024)


@app.get("/kind")
def kind():
    answer = requests.get(request.args["url"], stream=True, timeout=5)  # finding: MEM-002
    return answer.raw.read(16).hex()


@app.get("/closed")
def closed():
    # ok: is closed by its block
    with requests.get(request.args["url"], stream=True, timeout=5) as answer:
        return answer.raw.read(16).hex()


@app.get("/whole")
def whole():
    answer = requests.get(request.args["url"], stream=True, timeout=5)  # ok: is read to its end; mutate: s/return sum(len(part) for part in answer.iter_content(1024))/return answer.headers/
    if answer.status_code != 200:
        return "0"
    return sum(len(part) for part in answer.iter_content(1024))


@app.get("/copied")
def copied():
    answer = requests.get(request.args["url"], stream=True, timeout=5)  # ok: the copy reads it to its end; mutate: s/shutil.copyfileobj(answer.raw, file)/file.write(answer.raw.read(10))/
    with open("/data/copy", "wb") as file:
        shutil.copyfileobj(answer.raw, file)
    return "done"


@app.get("/now")
def now():
    answer = requests.get("https://shop/now", timeout=5)  # ok: no stream; mutate: s|"https://shop/now", timeout|"https://shop/now", stream=True, timeout|
    return answer.headers["date"]


def opened():
    return requests.get("https://shop/", stream=True, timeout=5)  # ok: whoever asks for it has it
