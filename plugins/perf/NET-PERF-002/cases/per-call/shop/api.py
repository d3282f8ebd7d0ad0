import boto3
from fastapi import FastAPI
from openai import OpenAI

app = FastAPI()


@app.get("/mine")
def mine(role: str):
    return boto3.client("s3", aws_session_token=role)  # finding: NET-PERF-002 confidence: low


@app.get("/own")
def own(key: str):
    return OpenAI(api_key=key)  # finding: NET-PERF-002 confidence: low
