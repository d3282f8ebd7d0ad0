import express from "express";
import { Kafka } from "kafkajs";

const app = express();
let kafka: any;
let producer: any;

app.post("/events", async (request, response) => {
  if (!kafka) {
    kafka = new Kafka({ brokers: ["kafka:9092"] });
    producer = await connected(kafka); // finding: CONC-004
  }
  await producer.send({ topic: "events", messages: [] });
  response.sendStatus(202);
});
