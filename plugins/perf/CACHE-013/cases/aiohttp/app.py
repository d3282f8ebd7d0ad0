from aiohttp import web

COUNTRIES = ["AT", "BE", "CH", "DE", "FR", "NL"]


async def countries(request):
    return web.json_response(COUNTRIES)  # finding: CACHE-013


app = web.Application()
app.router.add_get("/countries", countries)
