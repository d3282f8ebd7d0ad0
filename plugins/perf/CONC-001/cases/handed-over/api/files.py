"""Files of the shop."""

import logging
import re
import time

import boto3
from fastapi import APIRouter
from pymongo import MongoClient

router = APIRouter()
bucket = boto3.client("s3")
shop = MongoClient("mongodb://shop").shop
log = logging.getLogger(__name__)


@router.get("/files/{name}")
async def read(name: str):
    # finding: CONC-001
    answer = bucket.get_object(
        Bucket="files",
        Key=re.sub("[^a-z]", "", name),
    )
    return answer["Body"]


@router.get("/files/{name}/head")
async def head(name: str):
    # finding: CONC-001
    found_in_the_bucket = bucket.head_object(Bucket="files-of-the-shop", Key=name)
    return found_in_the_bucket["ContentLength"]


@router.get("/orders")
async def orders():
    names = []
    # finding: CONC-001
    for order in shop.orders.aggregate([{"$match": {"open": True}}]):
        names.append(order["name"])
    return names


@router.get("/wait")
async def wait():
    # finding: CONC-001
    time.sleep(0.25)
    return "done"
