const express = require("express");

const app = express(); // finding: NET-PERF-003
app.get("/orders", (req, res) => res.json([]));
app.listen(80);
