from flask_wtf import FlaskForm
from wtforms_sqlalchemy.fields import QuerySelectField


class OrderForm(FlaskForm):
    customer = QuerySelectField("customer")
