import express from "express";
import { cacheFor, neverCache } from "@shop/edge";

const router = express.Router();
const short = cacheFor(10);

// ok: its route says it; mutate: s/cacheFor(300), (req/(req/
router.get("/menu", cacheFor(300), (req, res) => {
  res.json(["tea"]);
});

// ok: the middleware has a name; mutate: s/short, (req/(req/
router.get("/offers", short, (req, res) => {
  res.json([]);
});

// ok: it says it itself; mutate: s/  neverCache(res);//
router.get("/me", (req, res) => {
  neverCache(res);
  res.json({ name: "Ann" });
});

// ok: by hand; mutate: s/Cache-Control/X-Kept/
router.get("/old", (req, res) => {
  res.set("Cache-Control", "public, max-age=60");
  res.send("old");
});

// ok: what it calls says it; mutate: s/  res.setHeader("cache-control", "no-store");//
router.get("/basket", (req, res) => {
  send(res, []);
});

function send(res, body) {
  res.setHeader("cache-control", "no-store");
  res.json(body);
}

// ok: changes something
router.post("/basket", (req, res) => {
  res.json({});
});
