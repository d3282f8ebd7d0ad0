import hashlib

from fastapi import FastAPI

from shop import store
from shop.prices import price_of

app = FastAPI()

_profiles = {}  # finding: MEM-004
_digests: dict[str, bytes] = {}  # finding: MEM-004
_seen = set()  # finding: MEM-004
_evicted = {}  # ok: the oldest entries go; mutate: s/_evicted.pop(next(iter(_evicted)))/print("full")/
_bounded = {}  # ok: looks at its size before it grows; mutate: s/if len(_bounded) < 1000:/if True:/
_regions = {}  # ok: one entry per region; mutate: s/_regions[region] = store.region(region)/_regions[user_id] = store.region(region)/
_totals = {}  # ok: constant keys; mutate: s/_totals["all"]/_totals[user_id]/
_clients = {}  # ok: one client per address that is configured; mutate: s/store.Client(url)/store.page(url)/
_daily = {}  # ok: made anew every day; mutate: s/_daily = {}  # anew/_daily.copy()/


@app.get("/profiles/{user_id}")
def profile(user_id: str, region: str, url: str, token: str):
    if user_id not in _profiles:
        _profiles[user_id] = store.profile(user_id)
    if user_id not in _evicted:
        _evicted.pop(next(iter(_evicted)))
        _evicted[user_id] = store.profile(user_id)
    if len(_bounded) < 1000:
        _bounded[user_id] = store.profile(user_id)
    _regions[region] = store.region(region)
    _totals["all"] = store.total()
    _clients[url] = store.Client(url)
    _seen.add(token)
    _daily[user_id] = store.day(user_id)
    local = {}  # ok: goes with the call
    local[user_id] = store.profile(user_id)
    return _profiles[user_id], price_of(user_id), local


@app.post("/files")
def upload(body: bytes):
    digest = hashlib.sha256(body).hexdigest()
    _digests[digest] = body


@app.post("/days")
def new_day():
    global _daily
    _daily = {}  # anew
