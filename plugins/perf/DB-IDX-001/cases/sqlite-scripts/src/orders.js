const knex = require("knex");
const mysql = require("mysql2");
const { R } = require("./rows");

async function ofBuyer(req, res) {
  res.json(await R.find("orders", "buyer_id = ?", [req.params.id]));
}

async function ofShop(req, res) {
  res.json(await R.find("orders", "shop_id = ?", [req.params.id]));
}

async function parts(req, res) {
  res.json(await R.getAll("SELECT id FROM orders WHERE parent = ?", [req.params.id]));
}

async function packed(req, res) {
  res.json(await R.getAll("SELECT id FROM orders WHERE packer = ?", [req.params.id]));
}

module.exports = { ofBuyer, ofShop, parts, packed };
