import pymysql
from sqlalchemy import create_engine

engine = create_engine("postgresql://shop")  # ok: connects with its first statement; mutate: s/create_engine("postgresql:\/\/shop")/pymysql.connect(host="shop")/


def other():
    return pymysql.connect(host="other")
