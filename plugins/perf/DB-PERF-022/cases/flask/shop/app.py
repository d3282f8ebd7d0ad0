import os

from flask import Flask
from flask_sqlalchemy import SQLAlchemy


class Config:
    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL", "postgresql://db/shop")  # finding: DB-PERF-022 confidence: medium


class TestConfig:
    SQLALCHEMY_DATABASE_URI = "postgresql://db/test"  # ok: for tests; mutate: s/class TestConfig/class OtherConfig/


app = Flask(__name__)
app.config.from_object(Config)
db = SQLAlchemy(app)
