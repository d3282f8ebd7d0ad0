import smtplib
import subprocess
from threading import Thread

import pdfkit
from fastapi import BackgroundTasks, FastAPI, Response
from flask_mail import Mail
from playwright.sync_api import sync_playwright
from weasyprint import HTML

app = FastAPI()
mail = Mail()


def deliver(message):
    with smtplib.SMTP("mail", timeout=10) as server:
        server.send_message(message)  # finding: JOB-007 confidence: medium


def deliver_later(message):
    with smtplib.SMTP("mail", timeout=10) as server:
        server.send_message(message)  # ok: goes on behind the answer; mutate: s/tasks.add_task(deliver_later, user["mail"])/deliver_later(user["mail"])/


class Sender(Thread):
    def __init__(self, message):
        super().__init__()
        self.message = message

    def run(self):
        mail.send(self.message)  # ok: a thread of its own; mutate: s/class Sender(Thread)/class Sender/ s/def run(/def start(/


@app.post("/users")
def register(user: dict):
    deliver(user["mail"])
    return {}


@app.post("/users/later")
def register_later(user: dict, tasks: BackgroundTasks):
    tasks.add_task(deliver_later, user["mail"])
    Sender(user["mail"]).start()
    return {}


@app.post("/mail")
def by_flask_mail(user: dict):
    mail.send(user["mail"])  # finding: JOB-007
    return {}


@app.post("/invoice")
def invoice(order: dict):
    HTML(string=order["html"]).write_pdf("invoice.pdf")  # finding: JOB-007
    return {}


@app.post("/report")
def report(order: dict):
    pdfkit.from_string(order["html"], "report.pdf")  # finding: JOB-007
    return {}


@app.get("/report.pdf")
def download(order: dict):
    return Response(pdfkit.from_string(order["html"], False), media_type="application/pdf")  # finding: JOB-007 confidence: low


@app.post("/film")
def film(order: dict):
    subprocess.run(["ffmpeg", "-i", order["path"], "film.mp4"])  # finding: JOB-007
    return {}


@app.get("/version")
def version():
    return subprocess.check_output(["ffmpeg", "-version"])  # ok: asks for its version; mutate: s/"-version"/"-i", "film.mov", "film.mp4"/


@app.post("/sort")
def sort():
    return subprocess.run(["sort", "names.txt"])  # ok: a program that is quick; mutate: s/"sort", "names.txt"/"libreoffice", "--convert-to", "pdf"/


@app.post("/settings/test-mail")
def test_mail(user: dict):
    mail.send(user["mail"])  # finding: JOB-007 confidence: low


@app.get("/handler")
def records(event: dict):
    return [part for part in event["parts"]]


@app.post("/orders")
def order(user: dict):
    try:
        return {"id": user["id"]}
    except KeyError:
        mail.send("an order without a customer")  # finding: JOB-007 confidence: low


def nightly(users):
    for user in users:
        smtplib.SMTP("mail").send_message(user)  # ok: no request waits
