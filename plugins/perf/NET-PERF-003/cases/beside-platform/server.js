import express from "express";

const app = express(); // finding: NET-PERF-003 confidence: high
app.use(express.static("dist/client"));
app.get("/reports", async (req, res) => res.json(await reports()));
app.listen(3000);
