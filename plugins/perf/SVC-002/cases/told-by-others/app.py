import requests
from flask import Flask

app = Flask(__name__)


@app.post("/login")
def login():
    answer = requests.post("https://accounts.example/login", timeout=5)
    if answer.status_code == 429:
        return "later"
    return "in"
