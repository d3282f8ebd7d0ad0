import ldap
import psycopg2
import smtplib
import tempfile
import xmpp
from flask import Flask

app = Flask(__name__)


def directory(user):
    directory = ldap.initialize("ldap://directory")  # finding: MEM-002
    directory.simple_bind_s(user, "")
    return directory.search_s("", 2)


def chat():
    client = xmpp.Client(server="chat")  # finding: MEM-002 confidence: high
    client.connect()
    return client


def mail():
    return smtplib.SMTP("mail")  # ok: its caller ends it; mutate: s/server.quit()/print(1)/


def database():
    return psycopg2.connect("shop")  # ok: one of its callers keeps it; mutate: s/LAST.append(database())/print(1)/


def sheet():
    return open("sheet.csv")  # finding: MEM-002 confidence: medium


def scratch():
    return tempfile.NamedTemporaryFile()  # ok: goes with what holds it; mutate: s/tempfile.NamedTemporaryFile()/open("scratch.csv")/


LAST = []


@app.get("/rooms")
def rooms():
    client = chat()
    client.send("rooms")
    directory("rooms")
    return []


@app.get("/sheet")
def read():
    taken = sheet()
    other = scratch()
    return [taken.read(), other.read()]


@app.get("/room")
def room():
    client = chat()
    client.send("room")
    return []


@app.get("/mail")
def send():
    server = mail()
    server.sendmail("a", "b", "c")
    server.quit()
    LAST.append(database())
    return []


@app.get("/orders")
def orders():
    connection = database()
    return connection.cursor().fetchall()
