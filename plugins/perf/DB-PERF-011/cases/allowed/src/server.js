const express = require("express");
const mongoose = require("mongoose");

const Shop = mongoose.model("Shop", new mongoose.Schema({ name: String }));
const app = express();

app.post("/refresh", async (request, response) => {
  // perfctl: allow DB-PERF-011 -- there are eleven shops
  const shops = await Shop.find({});
  response.json(shops.length);
});
