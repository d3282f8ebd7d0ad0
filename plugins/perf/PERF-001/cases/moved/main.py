"""Orders as a function."""

import json
from typing import List

import functions_framework
import polars
from langchain_openai import ChatOpenAI, OpenAIEmbeddings


def read(path: str) -> polars.DataFrame:
    """Reads one day."""
    # One file per day.
    return polars.read_csv(path)


def ask(question: str) -> List[str]:
    return ChatOpenAI().invoke(question)


def embed(text: str):
    # The small model does.
    return OpenAIEmbeddings().embed_query(text)


@functions_framework.http
def orders(request):
    if request.path == "/orders":
        return read("orders.csv").write_json()
    return json.dumps([ask(request.path), embed(request.path)])
