from pymongo import MongoClient

users = MongoClient("mongodb://db").shop.users


def find(names):
    # perfctl: allow DB-PERF-001 -- two names at most
    return [users.find_one({"name": name}) for name in names]
