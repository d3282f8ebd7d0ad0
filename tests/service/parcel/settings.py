"""Settings of the service, read once from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def _number(name: str, default: float) -> float:
    text = os.environ.get(name)
    return float(text) if text else default


@dataclass(frozen=True)
class Settings:
    """Everything that differs between a laptop, staging and production."""

    environment: str
    debug: bool
    log_level: str
    trace_ratio: float
    sentry_dsn: str
    database_url: str
    billing_dsn: str
    redis_url: str
    geocoder_url: str
    routes_url: str
    rates_url: str
    customs_url: str
    audit_url: str
    proof_bucket: str
    ledger_table: str
    event_queue: str
    postcode_file: str

    @property
    def async_database_url(self) -> str:
        return self.database_url.replace("postgresql+psycopg2://", "postgresql+asyncpg://", 1)

    @property
    def is_production(self) -> bool:
        return self.environment == "production"


@lru_cache(maxsize=None)
def get_settings() -> Settings:
    """The settings of this process. Tests clear the cache to change them."""
    env = os.environ.get
    return Settings(
        environment=env("PARCEL_ENV", "development"),
        debug=_flag("PARCEL_DEBUG"),
        log_level=env("LOG_LEVEL", "INFO"),
        trace_ratio=_number("TRACE_RATIO", 0.05),
        sentry_dsn=env("SENTRY_DSN", ""),
        database_url=env("DATABASE_URL", "postgresql+psycopg2://parcel@localhost/parcel"),
        billing_dsn=env("BILLING_DSN", "postgresql://billing@localhost/billing"),
        redis_url=env("REDIS_URL", "redis://localhost:6379/0"),
        geocoder_url=env("GEOCODER_URL", "https://geo.parcel.example"),
        routes_url=env("ROUTES_URL", "https://routes.parcel.example"),
        rates_url=env("RATES_URL", "https://rates.parcel.example"),
        customs_url=env("CUSTOMS_URL", "https://customs.parcel.example"),
        audit_url=env("AUDIT_URL", "https://audit.parcel.example/v1/entries"),
        proof_bucket=env("PROOF_BUCKET", "parcel-proofs"),
        ledger_table=env("LEDGER_TABLE", "parcel-ledger"),
        event_queue=env("EVENT_QUEUE", ""),
        postcode_file=env("POSTCODE_FILE", "/srv/data/postcodes.sqlite"),
    )
