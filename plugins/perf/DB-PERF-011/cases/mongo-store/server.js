const { MongoClient } = require("mongodb");
const express = require("express");

function routes(env, ctx) {
  const app = express();

  app.get("/totals", async (request, response) => {
    const orders = ctx.store.collection("orders");
    const rows = await orders.find().toArray(); // finding: DB-PERF-011
    response.json({ total: rows.reduce((sum, row) => sum + row.total, 0) });
  });

  app.get("/newest", async (request, response) => {
    const orders = ctx.store.collection("orders");
    const rows = await orders.find().sort({ day: -1 }).limit(10).toArray(); // ok: ten; mutate: s/.limit(10)//
    response.json({ total: rows.reduce((sum, row) => sum + row.total, 0) });
  });

  app.get("/lists", async (request, response) => {
    const rows = await ctx.lists.find().toArray(); // ok: nothing says that it is a collection
    response.json({ total: rows.length });
  });

  return app;
}

module.exports = routes;
