from functools import lru_cache
from typing import Annotated

import boto3
from fastapi import Depends, FastAPI, Header
from pydantic_settings import BaseSettings

app = FastAPI()


class Settings(BaseSettings):
    region: str = "eu-west-1"


@lru_cache
def settings_of(name: str = "web") -> Settings:
    return Settings()


def plain_settings() -> Settings:
    return Settings()


def region_of(x_region: Annotated[str, Header()]) -> str:
    return x_region


SettingsDep = Annotated[Settings, Depends(settings_of)]


def identity(settings: SettingsDep):
    return boto3.client("cognito-idp", region_name=settings.region)  # finding: NET-PERF-002 confidence: high


def files(settings: Settings = Depends(plain_settings)):
    return boto3.client("s3", region_name=settings.region)  # finding: NET-PERF-002 confidence: high


def mails(region: Annotated[str, Depends(region_of)]):
    return boto3.client("ses", region_name=region)  # finding: NET-PERF-002 confidence: low -- another region each time


@app.get("/users")
def users(client=Depends(identity)):
    return client.list_users()


@app.get("/files")
def listed(client=Depends(files)):
    return client.list_buckets()


@app.post("/mail")
def mail(client=Depends(mails)):
    return client.send_email()
