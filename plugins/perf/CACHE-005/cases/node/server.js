const express = require("express");
const NodeCache = require("node-cache");
const { LRUCache } = require("lru-cache");

const app = express();
const orders = new NodeCache({ stdTTL: 60 }); // finding: CACHE-005 confidence: low
const users = new LRUCache({ max: 500 }); // finding: CACHE-005 confidence: low

app.get("/orders", (req, res) => res.json(orders.get("all")));
