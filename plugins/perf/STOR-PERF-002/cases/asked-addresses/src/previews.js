import https from "node:https";
import axios from "axios";
import express from "express";

import { page } from "./pages.js";

const app = express();

app.get("/preview", async (req, res) => {
  const answer = await axios.get(req.query.url); // finding: STOR-PERF-002 confidence: medium
  res.json({ title: answer.data.slice(0, 80) });
});

app.get("/capped", async (req, res) => {
  const answer = await axios.get(req.query.url, { maxContentLength: 1e6 }); // ok: so many bytes; mutate: s/maxContentLength: 1e6/timeout: 500/
  res.json({ title: answer.data.slice(0, 80) });
});

app.get("/own", async (req, res) => {
  const answer = await axios.get(`https://prices.example/${req.query.url}`); // ok: a host of ours; mutate: s|https://prices.example/${req.query.url}|https://${req.query.url}|
  res.json(answer.data);
});

app.get("/alive", async (req, res) => {
  const answer = await fetch(req.query.url); // ok: the body is not read
  res.json({ status: answer.status });
});

app.get("/page", async (req, res) => {
  const { url } = req.query;
  res.send(await page(url));
});

app.get("/status", (req, res) => {
  const asked = req.query.site;
  https.get(asked, (answer) => {
    let body = "";
    answer.on("data", (piece) => {
      body += piece; // finding: STOR-PERF-002 confidence: medium
    });
    answer.on("end", () => res.json({ status: answer.statusCode }));
  });
});

app.get("/first", (req, res) => {
  https.get(req.query.site, (answer) => {
    let body = "";
    answer.on("data", (piece) => {
      body += piece; // ok: ends at some length; mutate: s/if (body.length > 65536) answer.destroy();//
      if (body.length > 65536) answer.destroy();
    });
  });
});

app.get("/news", async (req, res) => {
  const answer = await fetch("https://news.example/today");
  res.send(await answer.text()); // ok: an address of ours; mutate: s/"https:\/\/news.example\/today"/req.query.url/
});
