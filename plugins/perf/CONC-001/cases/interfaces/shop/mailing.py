import asyncio
from abc import ABC, abstractmethod
from typing import Protocol

import requests
from dramatiq import Actor
from fastapi import FastAPI
from httpx_oauth.clients.openid import OpenID
from sendgrid import SendGridAPIClient

app = FastAPI()


class Provider(Protocol):
    def create_domain(self, name: str) -> str: ...

    def label(self, name: str) -> str: ...


class Remote(Provider):
    def create_domain(self, name: str) -> str:
        return requests.post("https://mail.example/domains", json={"name": name}, timeout=5).text

    def label(self, name: str) -> str:
        return name.title()


class Sender(Provider):
    def __init__(self):
        self.client = SendGridAPIClient("key")

    def verify(self, name: str) -> str:
        return self.client.client.whitelabel.domains.get(query_params={"domain": name}).body

    def label(self, name: str) -> str:
        return name.upper()


class Store(ABC):
    @abstractmethod
    async def put(self, key: str): ...


class WebStore(Store):
    async def put(self, key: str):
        return key


def provider() -> Provider:
    return load("provider")


class Domains:
    def __init__(self, provider: Provider, store: Store):
        self.provider = provider
        self.store = store

    async def create(self, name: str):
        domain = self.provider.create_domain(name)  # finding: CONC-001 confidence: high
        self.provider.label(name)  # ok: none of the classes waits
        await asyncio.to_thread(self.provider.create_domain, name)  # ok: runs in a thread
        await self.store.put(domain)  # ok: a coroutine
        return domain

    def create_now(self, name: str):
        return self.provider.create_domain(name)  # ok: no coroutine


class Audit:
    def __init__(self, task: Actor):
        self.task = task

    async def __call__(self, record):
        self.task.send(record)  # finding: CONC-001 confidence: high


def issuer(url: str):
    return OpenID("id", "secret", url)


@app.get("/login")
async def login(url: str):
    service = issuer(url)  # finding: CONC-001 confidence: high
    return await service.get_authorization_url("https://shop.example/callback")


@app.get("/domains/{name}")
async def verify(name: str):
    return Sender().verify(name)  # finding: CONC-001 confidence: high


@app.post("/domains/{name}")
async def create(name: str):
    return await Domains(provider(), WebStore()).create(name)
