const express = require("express");
const { Sequelize, DataTypes } = require("sequelize");

const app = express();
const sequelize = new Sequelize("postgres://db/shop");
const Order = sequelize.define("Order", {
  c1: DataTypes.TEXT,
  c2: DataTypes.TEXT,
  c3: DataTypes.TEXT,
  c4: DataTypes.TEXT,
  c5: DataTypes.TEXT,
  c6: DataTypes.TEXT,
  c7: DataTypes.TEXT,
  c8: DataTypes.TEXT,
  c9: DataTypes.TEXT,
  c10: DataTypes.TEXT,
  c11: DataTypes.TEXT,
  c12: DataTypes.TEXT,
  c13: DataTypes.TEXT,
  c14: DataTypes.TEXT,
  c15: DataTypes.TEXT,
  c16: DataTypes.TEXT,
  c17: DataTypes.TEXT,
  c18: DataTypes.TEXT,
  c19: DataTypes.TEXT,
  c20: DataTypes.TEXT,
  c21: DataTypes.TEXT,
});

app.get("/orders", async (req, res) => {
  const orders = await Order.findAll({ limit: 50 }); // finding: API-005 confidence: low
  res.json(orders);
});

app.get("/orders/few", async (req, res) => {
  res.json(await Order.findAll({ limit: 50, attributes: ["c1"] })); // ok: picks columns; mutate: s/, attributes: ["c1"]//
});
