import asyncio
import functools
import smtplib
import time

import requests
from asgiref.sync import sync_to_async
from fastapi import BackgroundTasks, FastAPI
from fastapi.concurrency import run_in_threadpool

app = FastAPI()


def fetch(url):
    return requests.get(url, timeout=3).text


def send(to):
    smtplib.SMTP("mail", timeout=5).sendmail("shop@example.com", to, "hello")


@app.get("/thread")
async def thread(url: str):
    return await asyncio.to_thread(fetch, url)  # ok: runs in a thread; mutate: s/await asyncio.to_thread(fetch, url)/fetch(url)/


@app.get("/executor")
async def executor(url: str):
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, lambda: fetch(url))  # ok: the lambda runs in a thread; mutate: s/await loop.run_in_executor(None, lambda: fetch(url))/fetch(url)/


@app.get("/partial")
async def partial(url: str):
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, functools.partial(fetch, url))  # ok: the partial runs in a thread


@app.get("/pool")
async def pool(url: str):
    return await run_in_threadpool(fetch, url)  # ok: runs in the thread pool


@app.get("/wrapped")
async def wrapped(url: str):
    return await sync_to_async(fetch)(url)  # ok: wrapped for a thread; mutate: s/await sync_to_async(fetch)(url)/fetch(url)/


@app.post("/mail")
async def mail(to: str, tasks: BackgroundTasks):
    tasks.add_task(send, to)  # ok: runs after the answer, in a thread; mutate: s/tasks.add_task(send, to)/send(to)/


@app.get("/slow")
async def slow():
    time.sleep(0.2)  # finding: CONC-001


async def stock(url):
    return requests.get(url, timeout=3).text  # finding: CONC-001


@app.get("/evaluated")
async def evaluated(url: str):
    await asyncio.to_thread(requests.get(url, timeout=3))  # finding: CONC-001
    await run_in_threadpool(fetch(url))  # finding: CONC-001
    await asyncio.gather(
        requests.get(url, timeout=3),  # finding: CONC-001
        fetch(url),  # finding: CONC-001
        stock(url),  # ok: a coroutine; mutate: s/stock(url),/fetch(url),/
        asyncio.to_thread(fetch, url),  # ok: a function and its arguments; mutate: s/asyncio.to_thread(fetch, url)/asyncio.to_thread(fetch(url))/
        asyncio.to_thread(lambda: requests.get(url, timeout=3)),  # ok: the lambda runs in a thread; mutate: s/lambda: //
    )
    return await asyncio.gather(*[stock(one) for one in url])  # ok: coroutines; mutate: s/stock(one)/fetch(one)/


@sync_to_async
def wrapped_fetch(url):
    return requests.get(url, timeout=3).text


def in_thread(function):
    @functools.wraps(function)
    async def run(*args):
        return await asyncio.to_thread(function, *args)

    return run


@in_thread
def thread_fetch(url):
    return requests.get(url, timeout=3).text


@functools.lru_cache
def kept_fetch(url):
    return requests.get(url, timeout=3).text


later_fetch = sync_to_async(fetch)


class Stock:
    def fetch(self, url):
        return requests.get(url, timeout=3).text

    async def both(self, urls):
        loop = asyncio.get_running_loop()
        await asyncio.gather(*[loop.run_in_executor(None, self.fetch, url) for url in urls])  # ok: functions; mutate: s/loop.run_in_executor(None, self.fetch, url)/self.fetch(url)/
        await asyncio.wait_for(run_in_threadpool(self.fetch, urls), 3)  # ok: the same
        await asyncio.wait([asyncio.create_task(stock(url)) for url in urls])  # ok: coroutines


@app.get("/decorated")
async def decorated(url: str):
    return await asyncio.gather(
        wrapped_fetch(url),  # ok: the decorator makes it wait in a thread; mutate: s/wrapped_fetch(url)/fetch(url)/
        thread_fetch(url),  # ok: the same; mutate: s/thread_fetch(url)/kept_fetch(url)/
        kept_fetch(url),  # finding: CONC-001
        later_fetch(url),  # ok: the same
    )
