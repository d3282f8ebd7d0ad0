const express = require("express");
const { Sequelize, DataTypes } = require("sequelize");

const app = express();
const sequelize = new Sequelize("postgres://db/shop");
const Order = sequelize.define("Order", { total: DataTypes.INTEGER });

app.get("/orders", async (req, res) => {
  const { rows, count } = await Order.findAndCountAll({ limit: 20, offset: Number(req.query.offset) }); // finding: API-007 confidence: medium
  res.json({ rows, count });
});
