import hashlib

from fastapi import FastAPI

from shop import store
from shop.prices import price_of

app = FastAPI()

_profiles = {}
_digests: dict[str, bytes] = {}
_seen = set()
_evicted = {}
_bounded = {}
_regions = {}
_totals = {}
_clients = {}
_daily = {}


@app.get("/profiles/{user_id}")
def profile(user_id: str, region: str, url: str, token: str):
    if user_id not in _profiles:
        # finding: MEM-004
        _profiles[user_id] = store.profile(user_id)
    if user_id not in _evicted:
        _evicted.pop(next(iter(_evicted)))
        # ok: the oldest entries go; mutate: s/_evicted.pop(next(iter(_evicted)))/print("full")/
        _evicted[user_id] = store.profile(user_id)
    if len(_bounded) < 1000:
        # ok: looks at its size before it grows; mutate: s/if len(_bounded) < 1000:/if True:/
        _bounded[user_id] = store.profile(user_id)
    # ok: one entry per region; mutate: s/_regions[region] = store.region(region)/_regions[user_id] = store.region(region)/
    _regions[region] = store.region(region)
    # ok: constant keys; mutate: s/_totals["all"]/_totals[user_id]/
    _totals["all"] = store.total()
    # ok: one client per address that is configured; mutate: s/store.Client(url)/store.page(url)/
    _clients[url] = store.Client(url)
    # finding: MEM-004
    _seen.add(token)
    # ok: made anew every day; mutate: s/_daily = {}  # anew/_daily.copy()/
    _daily[user_id] = store.day(user_id)
    local = {}  # ok: goes with the call
    local[user_id] = store.profile(user_id)
    return _profiles[user_id], price_of(user_id), local


@app.post("/files")
def upload(body: bytes):
    digest = hashlib.sha256(body).hexdigest()
    # finding: MEM-004
    _digests[digest] = body


@app.post("/days")
def new_day():
    global _daily
    _daily = {}  # anew
