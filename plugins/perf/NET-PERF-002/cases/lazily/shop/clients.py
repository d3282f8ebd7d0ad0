import httpx
import requests

_http = None
_mail = None
_stock = None


async def make():
    return httpx.AsyncClient()  # ok: each caller keeps what it gets; mutate: s/cls.http = await make()/return await make()/


class Prices:
    http = None

    @classmethod
    async def client(cls):
        if cls.http is None:
            cls.http = await make()
        return cls.http


class Orders:
    def __init__(self):
        self.http = None

    async def client(self):
        if self.http is None:
            self.http = await make()
        return self.http


orders = Orders()


async def client():
    global _http
    if _http is None:
        made = await make()
        _http = made
    return _http


def both():
    global _mail, _stock
    if _mail is None:
        _mail, _stock = requests.Session(), requests.Session()  # ok: both are kept; mutate: s/    global _mail, _stock/    _mail = _stock = None/
    return _mail, _stock


def in_state(app):
    if not hasattr(app.state, "http"):
        setattr(app.state, "http", httpx.Client())  # ok: kept with the application; mutate: s/setattr(app.state, "http", httpx.Client())/httpx.Client().get("https:\/\/a")/
    return app.state.http
