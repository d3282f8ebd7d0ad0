from fastapi import FastAPI
from supabase import create_client

app = FastAPI()


class Client:
    def __init__(self):
        self.client = create_client("https://db.example", "key")

    async def delete(self, table, where):
        query = self.client.table(table).delete()
        if where.author:
            query = query.eq("author", where.author)
        if where.source:
            query = query.eq("source", where.source)
        if where.after:
            query = query.gte("created", where.after)
        if where.before:
            query = query.lte("created", where.before)
        if where.name:
            query = query.like("name", where.name)
        query.execute()  # finding: CONC-001
