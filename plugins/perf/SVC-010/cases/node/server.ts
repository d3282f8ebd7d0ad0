import axios from "axios";
import express from "express";

const app = express();
const client = axios.create({ timeout: 15_000 });

app.get("/rates", async (req, res) => {
  const rates = await axios.get("https://rates/", { timeout: 10_000 }); // finding: SVC-010 confidence: medium
  res.json(rates.data);
});

app.get("/stock", async (req, res) => {
  const stock = await client.get("https://stock/"); // finding: SVC-010
  res.json(stock.data);
});

app.get("/news", async (req, res) => {
  const news = await fetch("https://news/", { signal: AbortSignal.timeout(5000) }); // finding: SVC-010
  res.json(await news.json());
});

app.get("/quick", async (req, res) => {
  const news = await fetch("https://news/", { signal: AbortSignal.timeout(500) }); // ok: ends in time; mutate: s/(500)/(5000)/
  res.json(await news.json());
});

app.get("/none", async (req, res) => {
  res.json(await fetch("https://none/")); // ok: no limit at all is NET-PERF-004's
});

app.listen(3000);
