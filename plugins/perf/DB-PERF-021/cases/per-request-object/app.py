from flask import Flask

from mongo import Kept, Mongo
from postgres import Postgres

app = Flask(__name__)
store = Postgres()
documents = Mongo()
kept = Kept()


@app.get("/orders")
def orders():
    kept.get()
    return [store.get().cursor().fetchall(), documents.get().orders.find_one()]


app.teardown_appcontext(store.drop)
