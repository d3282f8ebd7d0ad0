from pymongo import MongoClient

database = MongoClient("mongodb://db")["shop"]


def fields_of(name):
    return list(database[name].find_one({}) or {})


def schema():
    found = {}
    for name in sorted(database.list_collection_names()):
        found[name] = fields_of(name)  # ok: each collection is asked by itself; mutate: s/sorted(database.list_collection_names())/database.names.distinct("name")/
    return found


def fields():
    names = database.list_collection_names()
    return [database[name].find_one({}) for name in names]  # ok: the same; mutate: s/names = database.list_collection_names()/names = database.names.distinct("name")/
