import fs from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

import express from "express";
import pg from "pg";

export const pool = new pg.Pool();
const app = express();
const LOG_FILE = path.join(process.cwd(), "logs", "app.log");

app.get("/logs", (req, res) => {
  res.send(fs.readFileSync(LOG_FILE, "utf-8").split("\n").slice(-100)); // finding: MEM-001 confidence: medium
});

app.get("/access", async (req, res) => {
  const lines = await readFile(`/var/log/${req.query.name}/access.log`, "utf-8"); // finding: MEM-001 confidence: medium
  res.json(lines.split("\n"));
});

app.get("/changes", async (req, res) => {
  res.send(await readFile("CHANGELOG.md", "utf-8")); // ok: a document; mutate: s|CHANGELOG.md|log/access|
});

app.get("/streamed", (req, res) => {
  fs.createReadStream(LOG_FILE).pipe(res);
});

app.get("/login", async (req, res) => {
  res.send(await readFile("pages/login.html", "utf-8")); // ok: a page; mutate: s|pages/login.html|pages/log|
});
