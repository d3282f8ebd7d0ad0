import { collectDefaultMetrics } from "prom-client";
import express from "express";

collectDefaultMetrics();
const app = express();
app.get("/orders/:number", (request, response) => response.json({ number: request.params.number }));
app.listen(3000);
