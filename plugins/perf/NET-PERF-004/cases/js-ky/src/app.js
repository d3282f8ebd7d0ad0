import express from "express";
import ky from "ky";

const app = express();

app.get("/stock", async (request, response) => {
  response.json(await ky.get("https://stock.example/all").json()); // ok: gives up after 10 s by itself; mutate: s|"https://stock.example/all")|"https://stock.example/all", { timeout: false })|; mutate: s|ky.get("https|fetch("https|
});

app.get("/endless", async (request, response) => {
  response.json(await ky("https://stock.example/all", { timeout: false }).json()); // finding: NET-PERF-004
});
