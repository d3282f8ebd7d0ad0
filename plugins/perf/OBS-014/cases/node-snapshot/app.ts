import v8 from "node:v8";
import express from "express";

const app = express();
app.get("/orders/:number", (request, response) => response.json({ number: request.params.number }));
app.listen(3000);
process.on("SIGUSR2", () => v8.writeHeapSnapshot());
