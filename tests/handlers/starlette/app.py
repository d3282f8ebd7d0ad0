# Handlers, each of which calls `probe`.
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.endpoints import HTTPEndpoint
from starlette.middleware.base import BaseHTTPMiddleware
async def a(request): probe()
class B(HTTPEndpoint):
    async def get(self, request): probe()
class M(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next): probe()
app = Starlette(routes=[Route("/a", a), Route("/b", B)])
