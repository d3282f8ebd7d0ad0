import asyncio
import sys

import requests
from mechanicalsoup import StatefulBrowser


async def title_of(domain):
    browser = StatefulBrowser()
    browser.open(f"https://{domain}", timeout=5)  # finding: CONC-001
    return browser.page.title


async def look_at(domain):
    return await title_of(domain)


async def scrape(domains):
    tasks = [look_at(domain) for domain in domains]
    return await asyncio.gather(*tasks)


async def fetch_all(urls):
    async with asyncio.TaskGroup() as group:
        for url in urls:
            group.create_task(fetch(url))


async def fetch(url):
    return requests.get(url, timeout=5)  # finding: CONC-001


async def list_of_domains():
    return requests.get("https://lists/domains", timeout=5).json()  # ok: waited for alone, in a command; mutate: s/domains = await list_of_domains()/domains = await asyncio.gather(*[list_of_domains() for _ in sys.argv])/


async def main():
    domains = await list_of_domains()
    await fetch_all(domains)
    return await scrape(domains)


if __name__ == "__main__":
    asyncio.run(main())
