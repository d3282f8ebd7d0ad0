"""Makes the thumbnail of a proof of delivery when it arrives in the bucket."""

from __future__ import annotations

from typing import Any

import boto3
import cv2
import numpy
from botocore.config import Config

s3 = boto3.client("s3", config=Config(connect_timeout=1, read_timeout=5))


def handle(event: dict[str, Any], context: object) -> None:
    proof = event["Records"][0]["s3"]
    bucket, key = proof["bucket"]["name"], proof["object"]["key"]
    photo = s3.get_object(Bucket=bucket, Key=key)["Body"].read(8 << 20)
    image = cv2.imdecode(numpy.frombuffer(photo, numpy.uint8), cv2.IMREAD_REDUCED_COLOR_8)
    _, small = cv2.imencode(".webp", image)
    name = key.replace("proofs/", "thumbnails/").replace(".jpg", ".webp")
    s3.put_object(Bucket=bucket, Key=name, Body=small.tobytes(), ContentType="image/webp")
