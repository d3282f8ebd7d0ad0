const express = require("express");
const fs = require("fs");
const path = require("path");

const app = express();

app.get("/icons/:name", (req, res) => {
  res.set({ "Content-Type": "image/svg+xml" }); // finding: STOR-PERF-004 confidence: medium
  fs.createReadStream(path.join("icons", req.params.name)).on("error", () => res.sendStatus(404)).pipe(res);
});

app.get("/fonts/:name", (req, res) => {
  res.setHeader("Content-Type", "font/woff2"); // ok: the answer says how long; mutate: s/res.setHeader("Cache-Control", "public, max-age=86400");//
  res.setHeader("Cache-Control", "public, max-age=86400");
  fs.createReadStream(path.join("fonts", req.params.name)).pipe(res);
});

app.get("/labels/:name", (req, res) => {
  res.setHeader("Content-Type", "image/png"); // ok: to be saved once; mutate: s/res.setHeader("Content-Disposition", "attachment");//
  res.setHeader("Content-Disposition", "attachment");
  fs.createReadStream(path.join("labels", req.params.name)).pipe(res);
});

app.get("/orders.csv", (req, res) => {
  res.setHeader("Content-Type", "text/csv"); // ok: data, that change; mutate: s|text/csv|text/css|
  fs.createReadStream("orders.csv").pipe(res);
});

app.put("/icons/:name", (req, res) => {
  res.setHeader("Content-Type", "image/png"); // ok: nothing of a file goes into the answer; mutate: s/.pipe(fs.createWriteStream("kept"))/.pipe(res)/
  fs.createReadStream("upload").pipe(fs.createWriteStream("kept"));
});

app.listen(3000);
