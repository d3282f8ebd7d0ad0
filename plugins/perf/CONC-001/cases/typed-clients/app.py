from botocore.client import BaseClient
from fastapi import FastAPI
from types_aiobotocore_sqs.client import SQSClient as AsyncQueue
from types_boto3_sqs import SQSClient

from store import STORES

app = FastAPI()


@app.post("/uploads/{kind}/{name}")
async def upload(kind: str, name: str):
    store = STORES[kind]
    return store.begin(name)  # finding: CONC-001


@app.get("/uploads/{kind}/{name}")
async def download(kind: str, name: str):
    return STORES[kind].address(name)  # ok: signs without asking anybody; mutate: s/STORES[kind].address/STORES[kind].begin/


class Outbox:
    def __init__(self, queue: SQSClient, fast: AsyncQueue, speech: BaseClient):
        self.queue = queue
        self.fast = fast
        self.speech = speech

    async def send(self, text: str):
        self.queue.send_message(QueueUrl="orders", MessageBody=text)  # finding: CONC-001
        await self.fast.send_message(QueueUrl="orders", MessageBody=text)  # ok: the client that waits in the event loop
        self.speech.synthesize_speech(Text=text)  # finding: CONC-001
