from pathlib import Path

import psycopg
from fastapi import FastAPI

app = FastAPI()
connection = psycopg.connect("dbname=shop")
LOG = Path("/var/log/shop/requests.log")


@app.get("/logs/{environment}")
def logs(environment: str):
    directory = f"/var/log/{environment}"
    with open(f"{directory}/nginx-access.log") as file:
        access = file.read()  # finding: MEM-001 confidence: medium
    with open(f"{directory}/nginx-error.log") as file:
        # finding: MEM-001 confidence: medium
        errors = file.readlines()[-50:]
    return {"access": access, "errors": errors}


@app.get("/requests")
def requests():
    return LOG.read_text()  # finding: MEM-001 confidence: medium


@app.get("/tail")
def tail():
    with open("/var/log/shop/requests.log", "rb") as file:
        file.seek(-65536, 2)
        return file.read()  # ok: the end of it; mutate: s/file.seek(-65536, 2)/file.tell()/


@app.get("/part")
def part():
    with open("/var/log/shop/requests.log", "rb") as file:
        return file.read(65536)  # ok: so many bytes; mutate: s/read(65536)/read()/


@app.get("/found")
def found(word: str):
    with open("/var/log/shop/requests.log") as file:
        return sum(1 for line in file if word in line)


@app.get("/changes")
def changes():
    with open("CHANGELOG.md") as file:
        return file.read()  # ok: a document; mutate: s|CHANGELOG.md|shop/events.log|


@app.get("/blog")
def blog():
    with open("blog/catalog.txt") as file:
        return file.read()  # ok: neither is a log; mutate: s|blog/catalog.txt|log/catalog.txt|


@app.get("/jobs/{job}")
def job(job: str):
    with open(f"/srv/jobs/{job}.log") as file:
        return file.read()  # ok: the log of one run; mutate: s|f"/srv/jobs/{job}.log"|f"/srv/jobs/{job}/all.log"|


def rotate():
    with open("/var/log/shop/requests.log") as file:
        return file.read()  # ok: no request waits for it; mutate: s/def rotate():/@app.get("\/rotated")\ndef rotate():/
