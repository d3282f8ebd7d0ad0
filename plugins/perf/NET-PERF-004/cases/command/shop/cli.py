import click
import requests
import uvicorn


@click.group()
def shop():
    pass


@shop.group("stock")
def stock():
    pass


@stock.command("load")
def load():
    print(requests.get("https://stock.example").json())  # ok: a person waits for it; mutate: s/@stock.command("load")//


@shop.command("serve")
def serve():
    uvicorn.run("shop.main:app")
