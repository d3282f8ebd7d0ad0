import { Counter } from "prom-client";
import express from "express";

const orders = new Counter({ name: "orders_total", help: "Orders" }); // finding: OBS-017
const app = express();
app.get("/orders/:number", (request, response) => response.json({ number: request.params.number }));
app.listen(3000);
