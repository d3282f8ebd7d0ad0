# Handlers, each of which calls `probe`.
from aiohttp import web
routes = web.RouteTableDef()
@routes.get("/a")
async def a(request): probe()
async def b(request): probe()
async def c(request): probe()
class D(web.View):
    async def get(self): probe()
app = web.Application()
app.router.add_get("/b", b)
app.add_routes([web.get("/c", c)])
@web.middleware
async def e(request, handler): probe()
async def f(request): probe()
app.router.add_resource("/f").add_route("GET", f)
