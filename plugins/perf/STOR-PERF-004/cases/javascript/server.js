const express = require("express");
const path = require("path");
const Koa = require("koa");
const serve = require("koa-static");

const app = express();
const shop = new Koa();

app.use(express.static("build")); // finding: STOR-PERF-004 confidence: high
app.use("/css", express.static(path.join(__dirname, "css"), { extensions: ["css"] })); // finding: STOR-PERF-004
app.use("/fonts", express.static("fonts", { maxAge: 0 })); // finding: STOR-PERF-004
shop.use(serve("public")); // finding: STOR-PERF-004
// perfctl: allow STOR-PERF-004 -- changes with every request
app.use("/frames", express.static("frames"));

if (process.env.NODE_ENV === "development") {
  app.use("/raw", express.static("src")); // ok: while developing only; mutate: s/=== "development"/=== "production"/
}

app.use("/coverage", express.static("coverage")); // ok: for developers; mutate: s|"/coverage", express.static("coverage")|"/files", express.static("files")|
