import boto3
import httpx
import requests
from fastapi import FastAPI

app = FastAPI()
LIMIT = 5


def bucket():
    return boto3.client("s3")  # finding: NET-PERF-002


# Everything that is in stock.
@app.get("/stock")
async def stock():
    # finding: NET-PERF-002
    async with httpx.AsyncClient(timeout=LIMIT) as stock_client:
        # All of it.
        answer = await stock_client.get("https://stock.internal/all")
        return answer.json()


@app.get("/prices/{name}")
def prices(name: str):
    # finding: NET-PERF-002
    session = requests.Session()

    answer = session.get(f"https://prices.internal/{name}", timeout=LIMIT)
    bucket().put_object(Bucket="prices", Key=name, Body=answer.content)
    return answer.json()


@app.get("/orders/{name}")
def orders(name: str):
    # finding: NET-PERF-002
    other = httpx.Client(base_url=f"https://orders.internal", headers={"X-Name": name})
    return other.get("/all", timeout=LIMIT).json()
