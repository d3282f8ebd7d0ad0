import redis
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)
locks = redis.Redis()


class Product(db.Model):
    pass


@app.get("/products/<int:product_id>")
def product(product_id):
    with locks.lock("product"):
        pass
    return Product.query.get_or_404(product_id)  # ok: nothing is kept in a cache here
