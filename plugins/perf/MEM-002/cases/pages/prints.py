from fastapi import FastAPI
from playwright.async_api import async_playwright

app = FastAPI()
kept = {}


async def browser_of():
    return kept["browser"]


@app.get("/print")
async def printed(url: str):
    browser = await browser_of()
    page = await browser.new_page()  # finding: MEM-002 confidence: medium
    await page.goto(url)
    sheet = await page.pdf()
    await page.close()
    return sheet


@app.get("/title")
async def title(url: str):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch()
        page = await browser.new_page()  # ok: its browser ends with the block
        await page.goto(url)
        return await page.title()
