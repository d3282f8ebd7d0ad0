const express = require("express");
const mongoose = require("mongoose");
const { MongoClient } = require("mongodb");
const { Sequelize, DataTypes } = require("sequelize");

const Order = mongoose.model("Order", new mongoose.Schema({ total: Number, customer: String, lines: [Object] }));
const personSchema = new mongoose.Schema({ first: String, last: String, notes: String }, { timestamps: true });
personSchema.virtual("full").get(function () {
  return this.first + this.last;
});
const Person = mongoose.model("Person", personSchema);
const shop = new MongoClient("mongodb://db").db("shop");
const sequelize = new Sequelize("postgres://db/shop");
const Invoice = sequelize.define("Invoice", { total: DataTypes.INTEGER, text: DataTypes.TEXT });
const app = express();

app.get("/total", async (request, response) => {
  const orders = await Order.find({ customer: request.query.customer }).sort({ at: -1 }); // finding: DB-PERF-003
  response.json(orders.reduce((sum, order) => sum + order.total, 0));
});

app.get("/named", async (request, response) => {
  const orders = await Order.find({}).select("total"); // ok: picked; mutate: s/.select("total")//
  response.json(orders.map((order) => order.total));
});

app.get("/projected", async (request, response) => {
  const orders = await Order.find({}, { total: 1 }); // ok: picked; mutate: s/, { total: 1 }//
  response.json(orders.map((order) => order.total));
});

app.get("/people", async (request, response) => {
  const people = await Person.find({ last: "Doe" }); // ok: a virtual computes it; mutate: s/person.full/person.first/
  response.json(people.map((person) => person.full));
});

app.get("/births", async (request, response) => {
  const people = await Person.find({ last: "Roe" }); // finding: DB-PERF-003
  response.json(people.map((person) => person.createdAt));
});

app.get("/saved", async (request, response) => {
  const orders = await Order.find({}); // ok: written back; mutate: s/await order.save()/await touch(order.id)/
  for (const order of orders) {
    await order.save();
  }
  response.sendStatus(204);
});

app.get("/skus", async (request, response) => {
  const products = await shop.collection("products").find({ sold: true }).toArray(); // finding: DB-PERF-003
  response.json(products.filter((product) => product.sku).map((product) => product.sku));
});

app.get("/invoices", async (request, response) => {
  const invoices = await Invoice.findAll({ where: { paid: true } }); // finding: DB-PERF-003
  response.json(invoices.map((invoice) => invoice.total));
});

app.get("/attributes", async (request, response) => {
  const invoices = await Invoice.findAll({ attributes: ["total"] }); // ok: picked; mutate: s/{ attributes: ["total"] }//
  response.json(invoices.map((invoice) => invoice.total));
});
