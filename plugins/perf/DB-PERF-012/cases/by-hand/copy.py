from pymongo import MongoClient


def main():
    MongoClient("mongodb://db", maxPoolSize=1).shop.orders.count_documents({})  # ok: run by hand


if __name__ == "__main__":
    main()
