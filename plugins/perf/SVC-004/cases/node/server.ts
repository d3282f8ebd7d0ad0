import axios from "axios";
import express from "express";

const app = express();
const client = axios.create({ timeout: 1000 });

app.get("/stock", async (req, res) => {
  res.json(await axios.get("https://stock/", { timeout: 1000 })); // finding: SVC-004
});

app.get("/prices", async (req, res) => {
  res.json(await client.get("https://prices/")); // finding: SVC-004
});

app.get("/news", async (req, res) => {
  res.json(await fetch("https://news/", { signal: AbortSignal.timeout(1000) })); // finding: SVC-004
});

app.post("/orders", async (req, res) => {
  res.json(await fetch("https://orders/", { method: "POST", signal: AbortSignal.timeout(1000) })); // ok: a write; mutate: s/method: "POST", //
});

app.listen(3000);
