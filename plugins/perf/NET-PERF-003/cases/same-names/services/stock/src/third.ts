import express from "express";

const third = express().get("/orders", (request, response) => response.json([])).use(express.json()); // finding: NET-PERF-003

third.listen(3002);
