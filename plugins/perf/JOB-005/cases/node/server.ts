import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { Queue } from "bullmq";
import express from "express";
import { Kafka } from "kafkajs";

const app = express();
const sqs = new SQSClient({});
const queue = new Queue("ship");
const producer = new Kafka({ brokers: ["kafka:9092"] }).producer();

async function ship(order) {
  await queue.add("ship", order);
}

app.post("/orders", async (req, res) => {
  for (const order of req.body.orders) {
    await sqs.send(new SendMessageCommand({ QueueUrl: "orders", MessageBody: JSON.stringify(order) })); // finding: JOB-005
  }
  for (const order of req.body.orders) {
    await queue.add("ship", order); // finding: JOB-005 confidence: medium
  }
  await Promise.all(req.body.orders.map((order) => ship(order))); // finding: JOB-005
  for (const order of req.body.orders) {
    await producer.send({ topic: "orders", messages: [{ value: JSON.stringify(order) }] }); // finding: JOB-005
  }
  await producer.send({ topic: "orders", messages: req.body.orders.map((order) => ({ value: order })) }); // ok: all in one
  await queue.addBulk(req.body.orders.map((data) => ({ name: "ship", data }))); // ok: all in one
  res.sendStatus(202);
});

async function act(action) {
  switch (action.kind) {
    case "ship":
      return queue.add("ship", action);
    case "note":
      return console.log(action);
  }
}

app.post("/actions", async (req, res) => {
  for (const action of req.body.actions) {
    await act(action); // finding: JOB-005 confidence: low
  }
  for (const region of req.body.regions) {
    await queue.add("copy", { region }); // ok: few regions; mutate: s/req.body.regions/req.body.orders/
  }
  res.sendStatus(202);
});

app.post("/order", async (req, res) => {
  await ship(req.body); // ok: one job
  res.sendStatus(202);
});

app.listen(3000);
