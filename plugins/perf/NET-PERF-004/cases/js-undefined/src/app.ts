import axios from "axios";
import express from "express";

const app = express();

app.get("/a", async (request, response) => {
  const options: RequestInit = { method: "POST", signal: undefined, cache: undefined };
  const answer = await fetch("https://stock.example/a", options); // finding: NET-PERF-004 confidence: medium
  response.json(await answer.json());
});

app.get("/b", async (request, response) => {
  // ok: a signal; mutate: s/AbortSignal.timeout(3000)/null/
  const answer = await fetch("https://stock.example/b", { signal: AbortSignal.timeout(3000) });
  response.json(await answer.json());
});

app.get("/c", async (request, response) => {
  const answer = await fetch("https://stock.example/c", { signal: undefined }); // finding: NET-PERF-004 confidence: medium
  response.json(await answer.json());
});

app.get("/d", async (request, response) => {
  const answer = await axios.get("https://stock.example/d", { timeout: 0 }); // finding: NET-PERF-004 confidence: high
  response.json(answer.data);
});

const quick = axios.create({ timeout: 3000 });

app.get("/e", async (request, response) => {
  const answer = await quick.get("https://stock.example/e", { timeout: undefined }); // ok: that of its client; mutate: s/undefined/0/
  response.json(answer.data);
});
