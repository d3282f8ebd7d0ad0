from pymongo import MongoClient

rows = list(MongoClient("mongodb://db").shop.orders.find())  # ok: run by hand
print(len(rows))
