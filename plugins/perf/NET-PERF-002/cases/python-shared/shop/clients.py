from functools import lru_cache

import boto3
import httpx
import urllib3
from minio import Minio
from openai import OpenAI

shared = httpx.Client()  # ok: made once, with the module
_client = None


@lru_cache
def model():
    return OpenAI()  # ok: the factory is cached; mutate: s/@lru_cache//


def storage():
    global _client
    if _client is None:
        _client = Minio("files.example", http_client=urllib3.PoolManager())  # ok: kept in the module; mutate: s/    global _client//
    return _client


_by_region = {}


def queue(region):
    if region not in _by_region:
        _by_region[region] = boto3.client("sqs", region_name=region)  # ok: one per region
    return _by_region[region]


class Mail:
    _http = None

    @classmethod
    def http(cls):
        if cls._http is None:
            cls._http = httpx.Client()  # ok: one for the class
        return cls._http
