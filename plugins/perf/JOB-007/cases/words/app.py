import smtplib
import subprocess

from fastapi import FastAPI

app = FastAPI()


@app.post("/checkout")
def checkout(order: dict):
    with smtplib.SMTP("mail", timeout=10) as server:
        server.send_message(order["mail"])  # finding: JOB-007 confidence: medium


@app.post("/contest")
def enter_contest(order: dict):
    with smtplib.SMTP("mail", timeout=10) as server:
        server.send_message(order["mail"])  # finding: JOB-007 confidence: medium


@app.post("/settings/check")
def check_settings(order: dict):
    with smtplib.SMTP("mail", timeout=10) as server:
        server.send_message(order["mail"])  # finding: JOB-007 confidence: low


@app.post("/films")
def film(conversion_path: str):
    subprocess.run(["ffmpeg", "-i", conversion_path])  # finding: JOB-007 confidence: medium


@app.get("/films/program")
def program():
    return subprocess.run(["ffmpeg", "-version"]).returncode  # ok: asks for its version; mutate: s/-version/-conversion/
