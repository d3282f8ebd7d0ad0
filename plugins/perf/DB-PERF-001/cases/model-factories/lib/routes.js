const async = require("async");
const express = require("express");
const db = require("../models");
const cart = require("./cart");

const app = express();

app.post("/sellers", async (request, response) => {
  const found = [];
  for (const name of request.body.names) {
    found.push(await db.Seller.findOne({ where: { name } })); // finding: DB-PERF-001 confidence: medium
  }
  for (const place of request.body.places) {
    await db.Visit.create({ place }); // finding: DB-PERF-001 confidence: medium
  }
  for (const name of request.body.names) {
    found.push(cart.Basket.findOne({ name })); // ok: no model is called so; mutate: s/cart.Basket/db.Seller/
  }
  const all = await db.Seller.findAll({ where: { name: request.body.names } }); // ok: asked once
  async.each(all, (seller, next) => {
    db.Seller.refreshRating(seller, next); // finding: DB-PERF-001 confidence: medium
  });
  response.json(found);
});
