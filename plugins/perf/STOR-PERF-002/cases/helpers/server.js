const express = require("express");
const fs = require("fs/promises");
const store = require("./store");
const { streamToBuffer } = require("./streams");

const app = express();

app.post("/documents/:name", async (req, res) => {
  await store.keep(req.params.name);
  res.sendStatus(204);
});

app.get("/documents/:name/copy", async (req, res) => {
  const stream = await store.open(req.params.name);
  const content = await streamToBuffer(stream); // finding: STOR-PERF-002
  res.json({ copies: [{ content }] });
});

app.get("/documents/:name", async (req, res) => {
  const content = await fs.readFile(`/uploads/${req.params.name}`); // finding: STOR-PERF-002
  res.header("Content-Disposition", "attachment");
  res.end(content);
});

app.get("/pages/:name", async (req, res) => {
  const content = await fs.readFile(`/pages/${req.params.name}`); // ok: a page
  res.end(content);
});

app.listen(80);
