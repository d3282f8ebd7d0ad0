import httpx


class Geo:
    def __init__(self, client: httpx.AsyncClient):
        self._client = client
        self.region = None

    async def point(self, postcode: str):
        answer = await self._client.get(f"https://geo.example/points/{postcode}")
        return answer.json()

    async def leg(self, start, end):
        answer = await self._client.post("https://geo.example/legs", json={"from": start, "to": end})
        return answer.json()

    async def load_region(self, name: str):
        answer = await self._client.get(f"https://geo.example/regions/{name}")
        self.region = answer.json()
        return self.region

    async def towns(self):
        answer = await self._client.get(f"https://geo.example/towns/{self.region['id']}")
        return answer.json()

    async def summary(self, name: str):
        region = await self.load_region(name)
        towns = await self.towns()  # ok: reads what the call before it set; mutate: s/self.region = answer/region = answer/ s/return self.region/return region/
        return region, towns
