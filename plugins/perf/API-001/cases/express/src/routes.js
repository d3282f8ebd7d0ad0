const express = require("express");
const { Order, Country } = require("./models");

const router = express.Router();

router.get("/orders", async (req, res) => {
  const orders = await Order.find({}).sort({ created: -1 }); // finding: API-001
  res.json(orders);
});

router.get("/totals", async (req, res) => {
  const orders = await Order.find(); // finding: API-001
  res.json({ totals: orders.map((order) => order.total) });
});

router.get("/asked", async (req, res) => {
  let query = Order.find({ owner: req.query.owner }); // finding: API-001
  if (req.query.limit) {
    query = query.limit(Number(req.query.limit));
  }
  res.json(await query);
});

router.get("/page", async (req, res) => {
  const skip = Number(req.query.page) * 20;
  const orders = await Order.find({}).skip(skip).limit(20); // ok: a page; mutate: s/.limit(20)//
  res.json(orders);
});

router.get("/page-in-options", async (req, res) => {
  const orders = await Order.find({}, null, { limit: 20 }); // ok: bounded by an option; mutate: s/, null, { limit: 20 }//
  res.json(orders);
});

router.get("/countries", async (req, res) => {
  res.json(await Country.find({})); // ok: few by nature; mutate: s/await Country/await Order/
});

router.get("/mine", async (req, res) => {
  res.json(await Order.find({ owner: req.user.id })); // finding: API-001 confidence: low
});

router.get("/number", async (req, res) => {
  const orders = await Order.find({}); // ok: one number leaves; mutate: s/json(orders.length)/json(orders)/
  res.json(orders.length);
});

router.post("/search", async (req, res) => {
  res.json(await Order.find({})); // ok: no list that a GET asks for; mutate: s/router.post("\/search"/router.get("\/search"/
});

module.exports = router;
