import httpx


class Rates:
    _client = None

    async def client(self):
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=5)  # finding: NET-PERF-002
        return self._client

    async def of(self, currency):
        client = await self.client()
        return (await client.get("https://rates/", params={"of": currency})).json()


class Stock:
    _client = None

    async def client(self):
        if self._client is None:
            # ok: all share the one that is made with the module; mutate: shop/app.py s/await stock.of(number)/await Stock().of(number)/
            self._client = httpx.AsyncClient(timeout=5)
        return self._client

    async def of(self, number):
        client = await self.client()
        return (await client.get("https://stock/", params={"of": number})).json()
