"""A session of `requests` that never waits without end."""

from __future__ import annotations

from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

DEFAULT_TIMEOUT = (1.0, 5.0)


class LimitedSession(requests.Session):
    """Gives every call a time limit unless the caller gives one."""

    def __init__(self) -> None:
        super().__init__()
        retry = Retry(total=2, backoff_factor=0.2, status_forcelist=(502, 503, 504))
        self.mount("https://", HTTPAdapter(max_retries=retry, pool_maxsize=20))

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        kwargs.setdefault("timeout", DEFAULT_TIMEOUT)
        return super().request(method, url, **kwargs)


_session = LimitedSession()


def get_json(url: str, **params: str) -> Any:
    """Fetches a document, for callers outside of requests."""
    answer = _session.get(url, params=params)
    answer.raise_for_status()
    return answer.json()
