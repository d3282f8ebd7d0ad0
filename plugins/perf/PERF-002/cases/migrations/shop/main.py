import psycopg2
from fastapi import FastAPI

from shop import kept
from shop.revisions import env

app = FastAPI()
