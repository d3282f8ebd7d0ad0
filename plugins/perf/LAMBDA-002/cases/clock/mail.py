import boto3


class Mail:
    def init_app(self, region):
        self.client = boto3.client("ses", region_name=region)  # ok: the application is made once
