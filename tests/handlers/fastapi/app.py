# Handlers, each of which calls `probe`.
from fastapi import APIRouter, Depends, FastAPI
app = FastAPI()
router = APIRouter()
@app.get("/a")
def a(): probe()
@router.post("/b")
async def b(): probe()
def c(): probe()
app.add_api_route("/c", c)
@app.websocket("/ws")
async def d(ws): probe()
@app.middleware("http")
async def e(request, call_next): probe()
from . import more
for path, view in [("/f", more.f), ("/g", more.g)]:
    app.add_api_route(path, view)
class Check:
    def __call__(self, q: str = ""): probe()
check = Check()
@app.get("/h", dependencies=[Depends(check)])
def h(): probe()
