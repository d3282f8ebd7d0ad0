import { useAzureMonitor } from "@azure/monitor-opentelemetry";
import express from "express";

useAzureMonitor();
const app = express();
app.get("/orders/:number", (request, response) => response.json({ number: request.params.number }));
app.listen(3000);
