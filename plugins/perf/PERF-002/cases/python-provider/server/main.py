from flask import Flask

app = Flask(__name__)


@app.route("/")
def root():
    from stores.pinecone_store import search

    return search("x")
