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

router.get("/matching", async (req, res) => {
  const orders = await Order.find(); // ok: a sieve keeps what is asked for; mutate: s/orders.filter((order) => order.name === req.query.name)/orders/
  res.json(orders.filter((order) => order.name === req.query.name));
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

router.get("/together", async (req, res) => {
  const [orders, total] = await Promise.all([
    Order.find({}).lean(), // finding: API-001 confidence: medium
    Order.countDocuments(),
  ]);
  res.json({ orders, total });
});

router.get("/together-counted", async (req, res) => {
  const [orders, total] = await Promise.all([
    Order.find({}).lean(), // ok: numbers leave; mutate: s/open: orders.length/open: orders/
    Order.countDocuments(),
  ]);
  res.json({ open: orders.length, total });
});

router.get("/called-back", (req, res) => {
  // finding: API-001 confidence: medium
  Order.find({}).exec((err, orders) => {
    res.json(orders);
  });
});

router.get("/called-back-page", (req, res) => {
  // ok: a page; mutate: s/.limit(30)//
  Order.find({}).limit(30).exec((err, orders) => {
    res.json(orders);
  });
});

router.get("/called-back-number", (req, res) => {
  // ok: one number leaves; mutate: s/found.length/found/
  Order.find({}).exec((err, found) => {
    res.json(found.length);
  });
});

router.get("/first", async (req, res) => {
  const [first] = await Order.find({}); // ok: the first only; mutate: s/[first]/first/
  res.json(first);
});

router.get("/rest", async (req, res) => {
  const [first, ...rest] = await Order.find({}); // finding: API-001 confidence: medium
  res.json({ first, rest });
});

module.exports = router;
