from pymongo import MongoClient

events = MongoClient("mongodb://db").shop.events


def keep(items):
    for item in items:
        # perfctl: allow DB-BATCH-001 -- three items at most
        events.insert_one({"item": item})
