import asyncio

import boto3

table = boto3.resource("dynamodb").Table("orders")


async def part(number, total):
    return table.scan(Segment=number, TotalSegments=total)["Items"]


async def whole(total):
    tasks = []
    for number in range(total):
        tasks.append(asyncio.ensure_future(part(number, total)))  # ok: parts of one table
    return await asyncio.gather(*tasks)


async def of_customer(customer):
    return table.scan(FilterExpression="customer = :c", ExpressionAttributeValues={":c": customer})["Items"]


async def of_all(customers):
    found = []
    for customer in customers:
        found.append(await of_customer(customer))  # finding: DB-PERF-001
    return found
