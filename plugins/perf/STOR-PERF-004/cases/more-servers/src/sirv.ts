import express from "express";
import sirv from "sirv";

const app = express();
app.use(sirv("client")); // finding: STOR-PERF-004 confidence: high
app.use(sirv("assets", { maxAge: 31536000, immutable: true })); // ok: browsers keep them; mutate: s|maxAge: 31536000, immutable|gzip|
app.listen(8081);
