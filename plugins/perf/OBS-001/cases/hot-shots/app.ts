import express from "express";
import { StatsD } from "hot-shots";

const app = express();
const statsd = new StatsD();
app.get("/orders", (request, response) => {
  statsd.timing("orders", 12);
  response.json([]);
});
