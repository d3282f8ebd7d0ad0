import { Client } from "@elastic/elasticsearch";
import express from "express";

const client = new Client({ node: "http://search.internal:9200" });
const app = express();

app.get("/orders", async (request, response) => {
  const { text, size = 20 } = request.query; // finding: API-002
  response.json(await client.search({ index: "orders", q: String(text), size: Number(size) }));
});

app.get("/parcels", async (request, response) => {
  const { text, size = 20 } = request.query; // ok: bounded; mutate: s/Math.min(Number(size), 100)/Number(size)/
  response.json(await client.search({ index: "parcels", q: String(text), size: Math.min(Number(size), 100) }));
});
