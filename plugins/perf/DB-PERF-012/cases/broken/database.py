from pymongo import MongoClient

client = MongoClient("mongodb://db", maxPoolSize=2)  # finding: DB-PERF-012


def other(:
    pass
