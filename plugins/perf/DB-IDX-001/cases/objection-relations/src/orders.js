const express = require("express");
const Order = require("./models/orders");
const db = require("./db");

const app = express();

app.get("/orders/:id", async (req, res) => {
  const order = await db.models.orders.query().findById(req.params.id).withGraphFetched("[packer, tags]");
  const found = await db.models.orders.query().findOne({ customerId: req.params.id, code: req.query.code });
  await order.$relatedQuery("notes").insert({ text: "packed" });
  res.json([order, found, await order.$relatedQuery("lines"), await Order.byDigest(req.query.digest)]);
});

app.get("/orders/:id/history", async (req, res) => {
  const all = await db.knex("orderHistory").where((rows) => {
    rows.where("orderId", req.params.id);
  });
  res.json([all, await db.knex("orderHistory").where({ weightId: req.params.id })]);
});

app.get("/customers/:id/orders", async (req, res) => {
  const mine = req.query.all;
  const customer = await db.knex("customers").where(mine ? { id: req.params.id } : { providerId: req.user.id, providerKey: req.user.provider }).first();
  res.json([customer, await db.knex("orders").where("customerId", customer.id)]);
});

app.get("/sections/:id", async (req, res) => {
  const all = await db.knex("sections").where((rows) => {
    rows.where("sectionId", req.params.id).orWhere("id", req.params.id);
  });
  res.json(all);
});

app.put("/sections/:slug", async (req, res) => {
  const path = req.body.path;
  await db.knex.table("sections").where({ slug: req.params.slug }).update({ title: req.body.title });
  res.json(await db.knex("sections").where({ id: req.params.id, path }).first());
});
