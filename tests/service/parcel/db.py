"""Engines and sessions. Routes get theirs through `parcel.api.deps`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker

from parcel.settings import get_settings

_settings = get_settings()

# Both connect when the first statement runs, not here.
engine = create_engine(
    _settings.database_url,
    pool_size=10,
    max_overflow=10,
    pool_pre_ping=True,
    connect_args={"options": "-c statement_timeout=3000"},
)
async_engine = create_async_engine(
    _settings.async_database_url,
    pool_size=10,
    max_overflow=10,
    connect_args={"server_settings": {"statement_timeout": "3000"}},
)

SessionLocal = sessionmaker(bind=engine, expire_on_commit=False)
AsyncSessionLocal = async_sessionmaker(bind=async_engine, expire_on_commit=False)


@contextmanager
def session_scope() -> Iterator[Session]:
    """A session that commits when the block ends well."""
    session = SessionLocal()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()
