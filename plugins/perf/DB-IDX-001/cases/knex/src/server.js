const express = require("express");
const knex = require("./connection");
const { TABLES } = require("./tables");

const app = express();

app.get("/orders", async (req, res) => {
  res.json(await knex("orders").where("buyer_id", req.query.buyer).limit(20));
});

app.get("/tenant/orders", async (req, res) => {
  res.json(await knex("orders").where({ tenant_id: req.query.tenant }).limit(20));
});

app.get("/agency/orders", async (req, res) => {
  res.json(await knex(TABLES.orders).where(`${TABLES.orders}.agency_id`, req.query.agency).limit(20));
});

app.get("/lines", async (req, res) => {
  res.json(await knex("order_lines").where("order_id", req.query.order).limit(20));
});

app.get("/product/lines", async (req, res) => {
  res.json(await knex("products").join("order_lines", "products.id", "order_lines.product_id").whereIn("product_id", req.query.products).limit(20));
});

app.get("/payments", async (req, res) => {
  res.json(await knex("payments").where("account_id", req.query.account).limit(20));
});

app.listen(3000);

app.get("/packed", async (req, res) => {
  const all = knex("parcels").where((rows) => {
    if (req.query.number) {
      rows.where((one) => one.where("parcels.id", req.query.number));
    }
    if (req.query.agency) {
      rows.where("parcels.depot_id", req.query.depot);
    }
    if (req.query.packer) {
      rows.where("parcels.packer_id", req.query.packer);
    }
  });
  res.json(await all.limit(20));
});
