import express from "express";

const responses = new Counter({ name: "http_responses_total", help: "Responses", labelNames: ["route", "status"] });
const app = express();
app.get("/orders/:number", (request, response) => response.json({ number: request.params.number }));
app.listen(3000);
