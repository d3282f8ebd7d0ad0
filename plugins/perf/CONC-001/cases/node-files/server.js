const fs = require("fs");
const express = require("express");

const app = express();

app.get("/report", async (req, res) => {
  const text = fs.readFileSync("/srv/report.txt", "utf8"); // finding: CONC-001
  res.send(text);
});

app.get("/later", async (req, res) => {
  const text = await fs.promises.readFile("/srv/report.txt", "utf8"); // ok: asynchronous
  res.send(text);
});
