import functions_framework
import redis
from google.cloud import firestore
from pymongo import MongoClient

client = MongoClient("mongodb://orders")  # ok: made with the module
orders = client.shop.orders


@functions_framework.http
def totals(request):
    # finding: LAMBDA-002 confidence: high
    cache = redis.Redis(host="cache")
    # finding: LAMBDA-002 confidence: high
    db = firestore.Client()
    return {"total": cache.get("total"), "open": db.collection("orders").document("open").get().to_dict(), "all": orders.count_documents({})}
