from pymongo import ASCENDING, MongoClient

client = MongoClient()
db = client["shop"]
db.users.create_index([("email", ASCENDING), ("name", ASCENDING)], unique=True)
users = db["users"]


def user_by(email, name):
    users.find_one({"email": email})  # ok: the index begins with it; mutate: s/{"email": email}/{"phone": email}/
    users.find_one({"name": name})  # finding: DB-PERF-010 confidence: medium
    db.carts.find_one({"name": name})  # ok: nobody says here what indexes carts have
    return db["users"].find({}).sort("age", -1).limit(3)  # finding: DB-PERF-010
