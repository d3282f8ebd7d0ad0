from marshmallow import fields

from shop.models import ma


class ProductSchema(ma.Schema):
    name = fields.String()


class OrderSchema(ma.Schema):
    product = fields.Nested(ProductSchema, only=["name"])


class BuyerSchema(ma.Schema):
    buyer = fields.Nested("UserSchema")
