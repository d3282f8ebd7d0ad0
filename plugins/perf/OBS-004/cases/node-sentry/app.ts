import * as Sentry from "@sentry/node";
import express from "express";

Sentry.init({ dsn: "https://errors.example/1" });
const app = express();
app.get("/orders/:number", (request, response) => response.json({ number: request.params.number }));
app.listen(3000);
