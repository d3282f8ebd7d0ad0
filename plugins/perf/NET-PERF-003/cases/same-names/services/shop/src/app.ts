import express from "express";

export const app = express(); // finding: NET-PERF-003

app.get("/orders", (request, response) => response.json([]));
app.listen(8080);
