import express from "express";
import { neverCache } from "@shop/edge";

const account = express.Router();
account.use(neverCache());

// ok: its router says it for all; mutate: s/account.use(neverCache());//
account.get("/orders", (req, res) => {
  res.json([]);
});
