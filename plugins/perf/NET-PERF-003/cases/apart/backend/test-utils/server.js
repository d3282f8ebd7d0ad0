const express = require("express");

const app = express(); // finding: NET-PERF-003 confidence: low
app.get("/orders", (req, res) => res.json([]));
module.exports = app;
