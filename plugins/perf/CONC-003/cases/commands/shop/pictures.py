import httpx


class Pictures:
    def __init__(self, client: httpx.AsyncClient):
        self.client = client

    async def fetch_languages(self):
        return (await self.client.get("https://wiki/languages")).json()

    async def fetch_picture(self):
        return (await self.client.get("https://wiki/picture")).json()

    async def upload_of_the_day(self):
        languages = await self.fetch_languages()
        # finding: CONC-003 confidence: low
        picture = await self.fetch_picture()
        return languages, picture

    async def show_of_the_day(self):
        languages = await self.fetch_languages()
        picture = await self.fetch_picture()  # finding: CONC-003 confidence: medium
        return languages, picture
