import * as express from "express";
import got from "got";

const app = express();

app.get("/list", (request, response) => {
  got.stream.get("https://lists.example/all.gz").pipe(response); // finding: NET-PERF-004
});

app.get("/short", (request, response) => {
  // ok: ends after ten seconds; mutate: s/, { timeout: { request: 10000 } }//
  got.stream("https://lists.example/short.gz", { timeout: { request: 10000 } }).pipe(response);
});
