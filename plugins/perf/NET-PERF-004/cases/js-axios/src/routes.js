import axios from "axios";
import express from "express";
import got from "got";
import https from "https";
import { quick, site, slow } from "./clients";

const router = express.Router();

class Mail {
  constructor() {
    this.client = axios.create({ timeout: 1000 });
    this.bare = axios.create();
  }

  send(text) {
    return this.client.post("https://mail.example", { text }); // ok: the client has a limit; mutate: s/{ timeout: 1000 }/{}/
  }

  again(text) {
    return this.bare.post("https://mail.example", { text }); // finding: NET-PERF-004
  }
}

router.get("/stock/:sku", async (req, res) => {
  const fast = await quick.get(`/${req.params.sku}`); // ok: the instance has a limit; mutate: src/clients.js s/, timeout: 3000//
  const late = await slow.get(`https://stock.example/${req.params.sku}`); // finding: NET-PERF-004
  const bare = await axios // finding: NET-PERF-004
    .get(`https://stock.example/${req.params.sku}`);
  const own = await site.get("/me"); // ok: only calls the site that it is loaded from
  const data = await got("https://stock.example/all", { timeout: { request: 2000 } }); // ok: has a limit; mutate: s/, { timeout: { request: 2000 } }//
  const error = axios.isAxiosError(fast); // ok: asks nobody
  res.json([fast, late, bare, own, data, error, new Mail()]);
});

router.get("/raw", (req, res) => {
  const request = https.get("https://stock.example/all", (answer) => answer.pipe(res)); // ok: ends when its socket is idle; mutate: s/request.setTimeout(2000, () => request.destroy());//
  request.setTimeout(2000, () => request.destroy());
});

router.get("/open", (req, res) => {
  https.get("https://stock.example/all", (answer) => answer.pipe(res)); // finding: NET-PERF-004
});

export default router;
