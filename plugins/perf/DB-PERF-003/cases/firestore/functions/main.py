from flask import Flask
from google.cloud import firestore

app = Flask(__name__)
db = firestore.Client()


@app.get("/committees/<court>")
def committees(court):
    names = set()
    for snapshot in db.collection("bills").where("court", "==", court).stream():  # finding: DB-PERF-003
        names.add(snapshot.to_dict()["committee"])
    return sorted(names)


@app.get("/bills/<court>")
def bills(court):
    rows = []
    for snapshot in db.collection("laws").where("court", "==", court).stream():  # ok: the documents are the answer; mutate: s/rows.append(snapshot.to_dict())/rows.append(snapshot.id)/
        rows.append(snapshot.to_dict())
    return rows
