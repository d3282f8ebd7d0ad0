import express from "express";
import mqtt from "mqtt";
import { Queue } from "bullmq";
import { QdrantClient } from "@qdrant/js-client-rest";

const app = express();
const orders = new Queue("orders"); // ok: one per process

app.post("/orders", async (request, response) => {
  const mails = new Queue("mails"); // finding: NET-PERF-002
  await mails.add("confirm", request.body);
  await orders.add("ship", request.body);
  response.end();
});

app.get("/like", async (request, response) => {
  const vectors = new QdrantClient({ url: process.env.QDRANT_URL }); // finding: NET-PERF-002
  response.json(await vectors.search("goods", { vector: [1, 2], limit: 3 }));
});

app.get("/broker", async (request, response) => {
  let url = "mqtt://broker";
  if (request.query.path) {
    url = `${url}/${request.query.path}`;
  }
  const client = mqtt.connect(url); // finding: NET-PERF-002 confidence: low -- another address each time
  client.end();
  response.end();
});
