from pymongo import MongoClient

events = MongoClient("mongodb://db").shop.events


def keep(items):
    for item in items:
        events.insert_one({"item": item})  # finding: DB-BATCH-001
