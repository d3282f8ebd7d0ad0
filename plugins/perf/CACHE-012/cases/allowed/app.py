import redis
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)
cache = redis.Redis()


class Product(db.Model):
    pass


@app.get("/products/<int:product_id>")
def product(product_id):
    # perfctl: allow CACHE-012 -- read a few times a day
    return Product.query.get_or_404(product_id)


@app.get("/top")
def top():
    cache.setex("top", 60, ",".join(names()))
    return ""
