import EventEmitter from "events";
import express from "express";

const app = express();
const bus = new EventEmitter();
const seen = [];
const recent: string[] = [];

app.post("/orders", (req, res) => {
  seen.push(req.body); // finding: MEM-005 confidence: medium
  recent.push(req.body.id); // ok: bounded; mutate: s/if (recent.length > 100) recent.shift();//
  if (recent.length > 100) recent.shift();
  res.sendStatus(201);
});

app.get("/events", (req, res) => {
  bus.on("price", (price) => res.write(price)); // finding: MEM-005
  req.on("close", () => res.end()); // ok: goes with the request
});

app.get("/ticks", (req, res) => {
  setInterval(() => res.write("tick"), 1000); // finding: MEM-005
});

bus.on("price", console.log); // ok: once

app.listen(3000);
