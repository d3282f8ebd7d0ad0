import boto3


class Store:
    def __init__(self):
        self.client = boto3.client("s3")

    def put(self, file, key):
        self.client.upload_fileobj(file.file, "documents", key)
