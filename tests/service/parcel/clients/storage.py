"""The bucket with proofs of delivery."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, BinaryIO

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from parcel.settings import get_settings


@lru_cache(maxsize=None)
def s3() -> Any:
    """The client of this process, made when it is first needed."""
    return boto3.client("s3", config=Config(connect_timeout=1, read_timeout=5, retries={"max_attempts": 2}))


def proof_key(tracking_number: str) -> str:
    return f"proofs/{tracking_number[:4]}/{tracking_number}.jpg"


def has_proof(key: str) -> bool:
    try:
        s3().head_object(Bucket=get_settings().proof_bucket, Key=key)
    except ClientError as error:
        if error.response["Error"]["Code"] in {"404", "NoSuchKey"}:
            return False
        raise
    return True


def proof_url(key: str, seconds: int = 300) -> str:
    """A signed address; computed here, nothing is asked."""
    return s3().generate_presigned_url(
        "get_object", Params={"Bucket": get_settings().proof_bucket, "Key": key}, ExpiresIn=seconds
    )


def upload_proof(file: BinaryIO, key: str) -> None:
    s3().upload_fileobj(file, get_settings().proof_bucket, key, ExtraArgs={"ContentType": "image/jpeg"})


def read_thumbnail(key: str) -> bytes:
    """A picture of at most 20 kB."""
    name = key.replace("proofs/", "thumbnails/").replace(".jpg", ".webp")
    return s3().get_object(Bucket=get_settings().proof_bucket, Key=name)["Body"].read()
