import express from "express";

const app = express();
app.use(express.static("dist/client")); // finding: STOR-PERF-004 confidence: high
app.get("/reports", async (req, res) => res.json(await reports()));
app.listen(3000);
