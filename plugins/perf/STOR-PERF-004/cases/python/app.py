from aiohttp import web
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.applications import Starlette
from starlette.staticfiles import StaticFiles as Files

app = FastAPI()
other = Starlette()
site = web.Application()

app.mount("/static", StaticFiles(directory="static"), name="static")  # finding: STOR-PERF-004 confidence: medium
other.mount("/", Files(directory="site", html=True))  # finding: STOR-PERF-004
site.router.add_static("/images", "images")  # finding: STOR-PERF-004
