import express from "express";
import { Limited, load, Unlimited } from "./api";

class Prices extends Limited {
  all() {
    return this.get("/prices", { headers: {} }); // ok: the client behind the helper has a limit; mutate: src/api.ts s/, timeout: 20000//
  }
}

class Stock extends Unlimited {
  all() {
    return this.get("/stock", { headers: {} }); // finding: NET-PERF-004
  }

  some() {
    return this.get("/stock", { timeout: 2000 }); // ok: the caller gives one; mutate: s/{ timeout: 2000 }/{}/
  }
}

const app = express();
const prices = new Prices("https://prices.example");
const stock = new Stock("https://stock.example");

app.get("/all", async (req, res) => {
  const raced = await load("https://orders.example", { headers: {} }); // ok: the helper races it; mutate: src/api.ts s/return Promise.race([axios.get(path, { ...config }), new Promise((_, fail) => setTimeout(fail, 5000))])/return axios.get(path, { ...config })/
  res.json([await prices.all(), await stock.all(), await stock.some(), raced]);
});
