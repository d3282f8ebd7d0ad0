from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import MongoClient

SIZE = 4

single = MongoClient("mongodb://db", maxPoolSize=1)  # finding: DB-PERF-012 confidence: high
client = AsyncIOMotorClient("mongodb://db", maxPoolSize=SIZE)  # finding: DB-PERF-012 confidence: medium
wide = MongoClient("mongodb://db", maxPoolSize=50)  # ok: wide enough; mutate: s/=50/=5/
free = AsyncIOMotorClient("mongodb://db")  # ok: the driver's default of 100; mutate: s#AsyncIOMotorClient("mongodb://db")#AsyncIOMotorClient("mongodb://db", maxPoolSize=3)#


def configured(settings):
    return MongoClient("mongodb://db", maxPoolSize=settings.pool)  # ok: settings decide


addressed = MongoClient("mongodb://db/shop?retryWrites=true&maxPoolSize=2")  # finding: DB-PERF-012 confidence: medium
