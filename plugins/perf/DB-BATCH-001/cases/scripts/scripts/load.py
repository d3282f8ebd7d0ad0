from pymongo import MongoClient

events = MongoClient("mongodb://db").shop.events


def load(items):
    for item in items:
        events.insert_one({"item": item})  # ok: a script that is run by hand


if __name__ == "__main__":
    load([])
