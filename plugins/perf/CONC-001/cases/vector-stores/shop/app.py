import pinecone
from fastapi import FastAPI

from shop.pine import PineStore

app = FastAPI()
store = PineStore(pinecone.Pinecone(api_key="x").Index("docs"))


@app.post("/docs")
async def add(rows: list):
    return await store.upsert(rows)
