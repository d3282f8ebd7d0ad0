# Handlers, each of which calls `probe`.
from fastapi import FastAPI, APIRouter
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
