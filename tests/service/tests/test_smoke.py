"""Against a running service: `PARCEL_URL=... pytest tests/test_smoke.py`."""

import os

import pytest
import requests

URL = os.environ.get("PARCEL_URL")
pytestmark = pytest.mark.skipif(not URL, reason="no service to talk to")


def test_it_is_up():
    assert requests.get(f"{URL}/healthz").json() == {"status": "ok"}


def test_every_level_has_a_price():
    for level in requests.get(f"{URL}/service-levels").json():
        assert requests.get(f"{URL}/quotes", params={"level": level["code"]}).status_code in (200, 422)
