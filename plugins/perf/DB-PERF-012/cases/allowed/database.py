from pymongo import MongoClient

# perfctl: allow DB-PERF-012 -- the cluster takes a hundred connections, and we are fifty instances
client = MongoClient("mongodb://db", maxPoolSize=2)
