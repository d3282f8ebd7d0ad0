const express = require("express");
const Product = require("./product");
const cache = require("./cache");

const app = express();

app.get("/products/:id", async (req, res) => {
  const key = `product:${req.params.id}`;
  const cached = await cache.get(key);
  if (cached) {
    return res.json(cached);
  }
  const product = await Product.findById(req.params.id);
  await cache.set(key, product, 3600, ["products"]); // ok: taken away by its tag; mutate: s/  await cache.invalidateTags(["products"]);\n/\n/
  return res.json(product);
});

app.put("/products/:id", async (req, res) => {
  await Product.findByIdAndUpdate(req.params.id, req.body);
  await cache.invalidateTags(["products"]);
  res.sendStatus(204);
});
