from arango import ArangoClient
from fastapi import FastAPI
from google.cloud import bigtable, datastore, ndb, spanner
from neomodel import StructuredNode
from redis_om import HashModel

app = FastAPI()
orders = ArangoClient().db("shop").collection("orders")
store = datastore.Client()
table = bigtable.Client().instance("shop").table("orders")
rows = spanner.Client().instance("shop").database("shop")


class Order(ndb.Model):
    pass


class Node(StructuredNode):
    pass


class Basket(HashModel):
    name: str


@app.get("/arango")
def arango(ids: list[str]):
    many = orders.get_many(ids)  # ok: many at once
    return many, [orders.get(one) for one in ids]  # finding: DB-PERF-001


@app.get("/ndb")
def entities(ids: list[str]):
    return [Order.query(Order.number == one).get() for one in ids]  # finding: DB-PERF-001


@app.get("/datastore")
def fetched(ids: list[str]):
    return [list(store.query(kind="order", ancestor=one).fetch()) for one in ids]  # finding: DB-PERF-001


@app.get("/bigtable")
def wide(ids: list[str]):
    return [table.read_row(one) for one in ids]  # finding: DB-PERF-001


@app.get("/spanner")
def spanned(ids: list[str]):
    with rows.snapshot(multi_use=True) as snapshot:
        return [snapshot.execute_sql("SELECT title FROM orders WHERE id = @id", params={"id": one}) for one in ids]  # finding: DB-PERF-001


@app.get("/graph")
def nodes(ids: list[str]):
    return [Node.nodes.get_or_none(number=one) for one in ids]  # finding: DB-PERF-001


@app.get("/baskets")
def baskets(ids: list[str]):
    return [Basket.get(one) for one in ids]  # finding: DB-PERF-001
