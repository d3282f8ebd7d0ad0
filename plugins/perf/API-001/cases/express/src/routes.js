const express = require("express");
const { Order, Country } = require("./models");

const router = express.Router();

// finding: API-001
router.get("/orders", async (req, res) => {
  const orders = await Order.find({}).sort({ created: -1 });
  res.json(orders);
});

// finding: API-001
router.get("/totals", async (req, res) => {
  const orders = await Order.find();
  res.json({ totals: orders.map((order) => order.total) });
});

// ok: a sieve keeps what is asked for; mutate: s/orders.filter((order) => order.name === req.query.name)/orders/
router.get("/matching", async (req, res) => {
  const orders = await Order.find();
  res.json(orders.filter((order) => order.name === req.query.name));
});

// finding: API-001
router.get("/asked", async (req, res) => {
  let query = Order.find({ owner: req.query.owner });
  if (req.query.limit) {
    query = query.limit(Number(req.query.limit));
  }
  res.json(await query);
});

// ok: a page; mutate: s/.limit(20)//
router.get("/page", async (req, res) => {
  const skip = Number(req.query.page) * 20;
  const orders = await Order.find({}).skip(skip).limit(20);
  res.json(orders);
});

// ok: bounded by an option; mutate: s/, null, { limit: 20 }//
router.get("/page-in-options", async (req, res) => {
  const orders = await Order.find({}, null, { limit: 20 });
  res.json(orders);
});

// ok: few by nature; mutate: s/await Country/await Order/
router.get("/countries", async (req, res) => {
  res.json(await Country.find({}));
});

// finding: API-001 confidence: low
router.get("/mine", async (req, res) => {
  res.json(await Order.find({ owner: req.user.id }));
});

// ok: one number leaves; mutate: s/json(orders.length)/json(orders)/
router.get("/number", async (req, res) => {
  const orders = await Order.find({});
  res.json(orders.length);
});

// ok: no list that a GET asks for; mutate: s/router.post("\/search"/router.get("\/search"/
router.post("/search", async (req, res) => {
  res.json(await Order.find({}));
});

// finding: API-001 confidence: medium
router.get("/together", async (req, res) => {
  const [orders, total] = await Promise.all([
    Order.find({}).lean(),
    Order.countDocuments(),
  ]);
  res.json({ orders, total });
});

// ok: numbers leave; mutate: s/open: orders.length/open: orders/
router.get("/together-counted", async (req, res) => {
  const [orders, total] = await Promise.all([
    Order.find({}).lean(),
    Order.countDocuments(),
  ]);
  res.json({ open: orders.length, total });
});

// finding: API-001 confidence: medium
router.get("/called-back", (req, res) => {
  Order.find({}).exec((err, orders) => {
    res.json(orders);
  });
});

// ok: a page; mutate: s/.limit(30)//
router.get("/called-back-page", (req, res) => {
  Order.find({}).limit(30).exec((err, orders) => {
    res.json(orders);
  });
});

// ok: one number leaves; mutate: s/found.length/found/
router.get("/called-back-number", (req, res) => {
  Order.find({}).exec((err, found) => {
    res.json(found.length);
  });
});

// ok: the first only; mutate: s/[first]/first/
router.get("/first", async (req, res) => {
  const [first] = await Order.find({});
  res.json(first);
});

// finding: API-001 confidence: medium
router.get("/rest", async (req, res) => {
  const [first, ...rest] = await Order.find({});
  res.json({ first, rest });
});

module.exports = router;
