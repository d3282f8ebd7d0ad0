import boto3
from fastapi import FastAPI
from google.cloud import storage
from googleapiclient.discovery import build
from minio import Minio

app = FastAPI()
s3 = boto3.client("s3")
drive = build("drive", "v3")
bucket = storage.Client().bucket("orders")
store = Minio("store:9000")


def drop(key):
    s3.delete_object(Bucket="orders", Key=key)


@app.delete("/orders/files")
def clear(keys: list[str]):
    for key in keys:
        s3.delete_object(Bucket="orders", Key=key)  # finding: STOR-PERF-005 confidence: medium
    for key in keys:
        drop(key)  # finding: STOR-PERF-005
    for key in keys:
        store.remove_object("orders", key)  # finding: STOR-PERF-005
    for key in keys:
        bucket.blob(key).delete()  # finding: STOR-PERF-005


@app.delete("/orders/kept")
def clear_at_once(keys: list[str]):
    for at in range(0, len(keys), 1000):
        s3.delete_objects(Bucket="orders", Delete={"Objects": [{"Key": key} for key in keys[at : at + 1000]]})  # ok: a thousand at once
    for key in ["a", "b"]:
        s3.delete_object(Bucket="orders", Key=key)  # ok: two of them; mutate: s/["a", "b"]/keys/
    for key in keys:
        s3.upload_file(key, "orders", key)  # ok: uploads go one by one; mutate: s/s3.upload_file(key, "orders", key)/drop(key)/


@app.delete("/drive")
def clear_drive(ids: list[str]):
    for file_id in ids:
        drive.files().delete(fileId=file_id).execute()  # finding: STOR-PERF-005
    batch = drive.new_batch_http_request()
    for file_id in ids:
        batch.add(drive.files().delete(fileId=file_id))  # ok: a batch sends them; mutate: s/batch.add(drive.files().delete(fileId=file_id))/drive.files().delete(fileId=file_id).execute()/
    batch.execute()
