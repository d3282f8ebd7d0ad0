from pymongo import MongoClient

from base import Store


class Mongo(Store):
    def prepare(self):
        self.connect().orders.create_index("number")

    def connect(self):
        self.client = MongoClient("mongodb://shop")  # finding: DB-PERF-021
        return self.client.shop

    def close(self, connection):
        self.client.close()


class Kept(Store):
    client = None

    def connect(self):
        if self.client is None:
            self.client = MongoClient("mongodb://shop")  # ok: made where there is none yet; mutate: s/if self.client is None:/with open("lock"):/
        return self.client.shop

    def close(self, connection):
        pass
