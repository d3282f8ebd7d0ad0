import boto3
from flask import Flask

KEY = boto3.client("secretsmanager").get_secret_value(SecretId="shop")  # finding: PERF-005
app = Flask(__name__)


def other(:
    pass
