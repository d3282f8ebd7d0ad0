import boto3
from fastapi import FastAPI

app = FastAPI()
s3 = boto3.client("s3")
BUCKET_OF_EVERYTHING_THAT_WAS_EVER_SENT = "shop"


@app.get("/commented")
async def commented(key: str):
    # finding: CONC-001
    return s3.head_object(
        # Bucket="other",
        Bucket=BUCKET_OF_EVERYTHING_THAT_WAS_EVER_SENT,
        Key=key,
    )["ContentLength"]


@app.get("/checked")
async def checked(key: str):
    # finding: CONC-001
    s3.head_object(Bucket=BUCKET_OF_EVERYTHING_THAT_WAS_EVER_SENT, Key=key, VersionId="latest")  # type: ignore
    return key
