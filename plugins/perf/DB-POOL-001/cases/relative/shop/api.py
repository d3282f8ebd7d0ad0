from fastapi import Depends, FastAPI

from .deps import connect

app = FastAPI()


@app.get("/orders")
def orders(connection=Depends(connect)):
    return connection.execute("SELECT id FROM orders LIMIT 20").all()
