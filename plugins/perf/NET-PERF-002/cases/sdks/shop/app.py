import akismet
import googlemaps
import gspread
from fastapi import FastAPI
from geopy.geocoders import get_geocoder_for_service
from notion_client import AsyncClient
from temporalio.client import Client

app = FastAPI()
maps = googlemaps.Client(key="k")  # ok: one per process


@app.get("/spam")
def spam(text: str):
    return akismet.SyncClient.validated_client().comment_check(text)  # finding: NET-PERF-002


@app.get("/sheet")
def sheet():
    return gspread.service_account().open("orders").sheet1.get_all_records()  # finding: NET-PERF-002


@app.get("/place")
def place(name: str):
    coder = get_geocoder_for_service("photon")()  # finding: NET-PERF-002
    return coder.geocode(name) or maps.geocode(name)


@app.get("/page")
async def page(number: str):
    notion = AsyncClient(auth="token")  # finding: NET-PERF-002
    return await notion.pages.retrieve(number)


@app.post("/order")
async def order(number: str):
    client = await Client.connect("temporal:7233")  # finding: NET-PERF-002
    await client.start_workflow("order", number, id=number, task_queue="orders")
