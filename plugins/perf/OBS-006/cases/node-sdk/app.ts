import { NodeSDK } from "@opentelemetry/sdk-node";
import express from "express";

new NodeSDK().start();
const app = express();
app.get("/orders/:number", (request, response) => response.json({ number: request.params.number }));
app.listen(3000);
