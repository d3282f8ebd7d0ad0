const express = require("express");
const { ObjectId } = require("mongodb");

function routes(env, ctx) {
  const app = express();

  function food() {
    return ctx.store.collection(env.food_collection);
  }

  app.get("/devices", async (request, response) => { // finding: API-001
    const devices = ctx.store.collection("devices");
    const rows = await devices.find().sort({ name: 1 }).toArray();
    response.json(rows);
  });

  app.get("/food", async (request, response) => { // finding: API-001
    const rows = await food().find({}).toArray();
    response.json(rows);
  });

  app.get("/food/newest", async (request, response) => { // ok: twenty; mutate: s/.limit(20)//
    const rows = await food().find({}).sort({ created: -1 }).limit(20).toArray();
    response.json(rows);
  });

  app.get("/food/:id", async (request, response) => { // ok: one; mutate: s/findOne({ _id: new ObjectId(request.params.id) })/find({}).toArray()/
    response.json(await food().findOne({ _id: new ObjectId(request.params.id) }));
  });

  app.get("/shapes", async (request, response) => { // ok: nothing says that it is a collection; mutate: s/ctx.shapes.find()/ctx.store.collection("shapes").find()/
    const rows = await ctx.shapes.find().toArray();
    response.json(rows);
  });

  return app;
}

module.exports = routes;
