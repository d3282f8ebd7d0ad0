from google.cloud import firestore
from google.cloud.firestore_v1.base_query import FieldFilter

db = firestore.Client()


def orders(customer, shop):
    by_customer = db.collection("orders").where(filter=FieldFilter("customer", "==", customer))
    by_customer.order_by("created_at", direction=firestore.Query.DESCENDING).limit(20).stream()  # finding: DB-PERF-002
    db.collection("orders").where("customer", "==", customer).where("total", ">", 3).get()  # finding: DB-PERF-002
    # ok: declared; mutate: firestore.indexes.json s/"shop"/"shops"/
    db.collection("orders").where("shop", "==", shop).order_by("created_at", direction=firestore.Query.DESCENDING).stream()
    return db.collection("orders").where("shop", "==", shop).where("customer", "==", customer).stream()  # ok: equalities alone; mutate: s/"customer", "==", customer).stream/"customer", ">", customer).stream/
