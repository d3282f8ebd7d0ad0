import { Histogram } from "prom-client";
import express from "express";

const app = express();
app.get("/orders", (request, response) => response.json([]));
app.listen(3000);
export const time = new Histogram({ name: "request_seconds", help: "time", labelNames: ["route"] });
