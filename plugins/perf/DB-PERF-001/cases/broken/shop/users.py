from pymongo import MongoClient

users = MongoClient("mongodb://db").shop.users


def find(names):
    return [users.find_one({"name": name}) for name in names]  # finding: DB-PERF-001
