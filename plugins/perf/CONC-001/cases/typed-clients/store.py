from typing import TYPE_CHECKING

import boto3

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client


def make() -> "S3Client":
    return boto3.client("s3")


class Store:
    def __init__(self, bucket: str, client: "S3Client") -> None:
        self.bucket = bucket
        self.client = client

    def begin(self, name: str) -> str:
        return self.client.create_multipart_upload(Bucket=self.bucket, Key=name)["UploadId"]

    def address(self, name: str) -> str:
        return self.client.generate_presigned_url("get_object", Params={"Bucket": self.bucket, "Key": name})


STORES: dict[str, Store] = {"photos": Store("photos", make()), "bills": Store("bills", make())}
