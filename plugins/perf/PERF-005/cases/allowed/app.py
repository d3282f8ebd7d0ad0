import boto3
from flask import Flask

# perfctl: allow PERF-005 -- starts once a month
KEY = boto3.client("secretsmanager").get_secret_value(SecretId="shop")
app = Flask(__name__)
