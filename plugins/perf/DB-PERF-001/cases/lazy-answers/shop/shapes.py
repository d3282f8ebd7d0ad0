from marshmallow import Schema, fields
from pydantic import BaseModel


class CustomerOut(BaseModel):
    id: int


class OrderShort(BaseModel):
    id: int
    customer_id: int
    shop: str


class OrderOut(OrderShort):
    customer: CustomerOut
    lines: list[int] = []


class OrderSchema(Schema):
    id = fields.Int()
    customer = fields.Nested("CustomerSchema")


class LineSchema(Schema):
    id = fields.Int()
    order_id = fields.Int()
