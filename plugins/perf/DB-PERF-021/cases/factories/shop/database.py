from functools import lru_cache

from sqlalchemy import create_engine
from sqlalchemy.orm import Session


def engine_for(settings):
    return create_engine(settings.url)  # ok: right for those who keep it


@lru_cache(maxsize=1)
def kept_engine():
    return create_engine("postgresql://db/shop")  # ok: kept by the decorator; mutate: s/@lru_cache(maxsize=1)\n//


def session():
    return Session(kept_engine())
