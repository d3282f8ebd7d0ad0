import feedparser
import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/posts")
def posts(feed_url: str):
    return feedparser.parse(feed_url).entries  # finding: NET-PERF-004


@app.get("/news")
def news():
    return feedparser.parse("https://news.example/rss").entries  # finding: NET-PERF-004


@app.get("/kept")
def kept(url: str):
    answer = requests.get(url, timeout=3)
    feed = answer.text
    feedparser.parse(feed)  # ok: the text of an answer that came with a limit
    return feedparser.parse(answer.content).entries  # ok: the same
