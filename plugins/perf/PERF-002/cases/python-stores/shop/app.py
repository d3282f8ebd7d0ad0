import os

import chromadb
import clickhouse_connect
from cassandra.cluster import Cluster
from flask import Flask
from kafka import KafkaProducer
from langchain_google_alloydb_pg import AlloyDBEngine, AlloyDBVectorStore

engine = AlloyDBEngine.from_instance(project_id=os.environ["PROJECT"], database="shop")  # ok: connects with the first query
# finding: PERF-002
products = AlloyDBVectorStore.create_sync(engine=engine, table_name="products")
producer = KafkaProducer(bootstrap_servers=os.environ["KAFKA"])  # finding: PERF-002
session = Cluster([os.environ["CASSANDRA"]]).connect("shop")  # finding: PERF-002
events = clickhouse_connect.get_client(host=os.environ["CLICKHOUSE"])  # finding: PERF-002
memory = chromadb.EphemeralClient()  # ok: lies in memory; mutate: s/EphemeralClient/HttpClient/

app = Flask(__name__)


@app.get("/")
def home():
    return {}
