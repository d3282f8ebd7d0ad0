from typing import Annotated

from beanie import Document, Indexed
from mongoengine import Document as Record
from mongoengine import ReferenceField, StringField
from pymongo import IndexModel


class Base(Document):
    owner: Annotated[str, Indexed()]


class User(Base):
    email: Indexed(str, unique=True)
    name: str
    phone: str
    city: str
    state: str
    size: int

    class Settings:
        name = "users"
        indexes = ["phone", IndexModel([("city", 1), ("name", 1)])]


class Order(Record):
    number = StringField(unique=True)
    user = ReferenceField("User")
    shop = StringField()
    meta = {"indexes": [("shop", "-number"), {"fields": ["$label"]}]}
