import express from "express";

import { Order } from "../models/order";

const router = express.Router();

router.get("/orders", async (req, res) => {
  // finding: DB-PERF-010 confidence: high
  res.json(await Order.find({ user: req.user.id }).limit(50));
});

router.get("/orders/best", async (req, res) => {
  // finding: DB-PERF-010 confidence: medium
  res.json(await Order.find({}).sort({ total: -1 }).limit(3));
});

router.get("/orders/mine", async (req, res) => {
  res.json(await Order.countDocuments({ user: req.user.id, total: { $gt: 10 } })); // finding: DB-PERF-010
});

router.get("/orders/either", async (req, res) => {
  res.json(await Order.countDocuments({ $or: [{ number: req.query.q }, { user: req.query.q }] })); // finding: DB-PERF-010
});

router.get("/orders/sums", async (req, res) => {
  res.json(await Order.aggregate([{ $match: { user: req.user.id } }, { $group: { _id: "$state" } }])); // finding: DB-PERF-010
});

router.get("/orders/:number", async (req, res) => {
  const { number } = req.params;
  res.json({
    one: await Order.findOne({ number }), // ok: unique fields have an index; mutate: models/order.ts s/, unique: true }/ }/
    first: await Order.find({ shop: req.query.shop }).sort("-createdAt").limit(3), // ok: the index begins with the shop; mutate: models/order.ts s/index({ shop: 1, /index({ /
    shop: await Order.findOne({ total: 3, shop: req.query.shop }), // ok: one of the fields leads to few rows; mutate: s/, shop: req.query.shop })/ })/
    own: await Order.find({ _id: req.query.id, user: 3 }), // ok: by its key; mutate: s/_id: req.query.id, //
    zip: await Order.find({ "address.zip": req.query.zip }), // ok: the index of a schema within; mutate: models/order.ts s/, index: true } });/ } });/
    product: await Order.find({ "lines.product": req.query.product }), // ok: in a list; mutate: s/lines.product/lines.count/
    like: await Order.find({ number: { $ne: 3 }, user: { $regex: req.query.q } }), // ok: no index helps a search within texts
    any: await Order.find({ ...req.filter, user: 3 }), // ok: what else is asked for is not seen; mutate: s/...req.filter, //
    last: await Order.find({}).sort({ _id: -1 }).limit(3), // ok: the order of the key; mutate: s/_id: -1/total: -1/
    paid: await Order.find({ paid: true }), // finding: DB-PERF-010 confidence: low
    open: await Order.find({ state: "open" }), // finding: DB-PERF-010 confidence: low
    sent: await Order.find({ status: req.query.status }), // finding: DB-PERF-010 confidence: low
  });
});

router.get("/all", async (req, res) => {
  res.json(await Order.find({}).sort({ total: -1 })); // finding: DB-PERF-010 confidence: low
});

router.get("/filtered", async (req, res) => {
  const filter: any = { user: req.user.id };
  if (req.query.shop) {
    filter.shop = req.query.shop;
  }
  res.json(await Order.find(filter)); // ok: may be asked for by shop; mutate: s/filter.shop =/const shop =/
});

export default router;
