import boto3
from fastapi import APIRouter

router = APIRouter()
s3 = boto3.session.Session().client("s3", region_name="eu-central-1")
paginator = s3.get_paginator("list_objects_v2")


@router.get("/files")
async def files(prefix: str):
    pages = paginator.paginate(Bucket="shop", Prefix=prefix)  # ok: asks for nothing yet

    async def lines():
        for page in pages:  # finding: CONC-001
            yield str(page)

    return lines()


@router.get("/link")
async def link(key: str):
    return s3.generate_presigned_url("get_object", Params={"Bucket": "shop", "Key": key})  # ok: signing is computed here


@router.head("/files/{key}")
async def head(key: str):
    return s3.head_object(Bucket="shop", Key=key)  # finding: CONC-001
