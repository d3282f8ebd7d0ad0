import boto3
import httpx


async def get_client():
    async with httpx.AsyncClient() as client:  # finding: NET-PERF-002
        yield client


def get_table():
    return boto3.resource("dynamodb").Table("orders")  # finding: NET-PERF-002
