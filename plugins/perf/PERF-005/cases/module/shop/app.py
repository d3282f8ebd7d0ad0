import functools
import os

import boto3
import hvac
from flask import Flask

from shop.secrets import read

vault = hvac.Client(url="https://vault")
TOKEN = vault.secrets.kv.v2.read_secret_version(path="shop")  # finding: PERF-005 confidence: medium
KEY = read("shop/key")  # finding: PERF-005 confidence: medium
SECRET = os.environ["SECRET"]  # ok: the platform put it there; mutate: s#os.environ["SECRET"]#read("shop/secret")#

if os.environ.get("ENV") == "development":
    DEBUG_KEY = read("shop/debug")  # ok: on a developer's machine; mutate: s/== "development"/== "live"/

app = Flask(__name__)


@functools.cache
def mail_key():
    return read("shop/mail")  # ok: read when it is first needed


@app.get("/keys")
def keys():
    return boto3.client("secretsmanager").get_secret_value(SecretId=mail_key())  # ok: part of a request, not of the start
