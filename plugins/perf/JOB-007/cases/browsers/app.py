from fastapi import FastAPI
from playwright.async_api import async_playwright
from playwright.sync_api import sync_playwright

app = FastAPI()


@app.get("/page")
async def page(url: str):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch()  # finding: JOB-007
        tab = await browser.new_page()
        await tab.goto(url)
        return await tab.content()


@app.get("/text")
def text(url: str):
    with sync_playwright() as p:
        browser = p.chromium.connect_over_cdp("wss://browsers.internal")  # finding: JOB-007
        tab = browser.new_page()
        tab.goto(url)
        return tab.inner_text("body")
