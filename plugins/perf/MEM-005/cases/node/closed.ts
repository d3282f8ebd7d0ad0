import EventEmitter from "events";
import express from "express";

const app = express();
const bus = new EventEmitter();

app.get("/events", (req, res) => {
  const send = (price) => res.write(price);
  bus.on("price", send); // ok: taken off; mutate: s/bus.off("price", send)/res.end()/
  req.on("close", () => bus.off("price", send));
});

app.get("/ticks", (req, res) => {
  const timer = setInterval(() => res.write("tick"), 1000); // ok: cleared; mutate: s/clearInterval(timer)/res.end()/
  req.on("close", () => clearInterval(timer));
});

app.listen(3001);
