from flask import Flask

app = Flask(__name__)


@app.post("/letters")
def send(letters):
    for letter in letters:
        letter.post()
    return "sent"
