import { CosmosClient } from "@azure/cosmos";
import { Datastore } from "@google-cloud/datastore";
import { Spanner } from "@google-cloud/spanner";
import { Database } from "arangojs";
import { Entity } from "electrodb";
import express from "express";
import nano from "nano";
import neo4j from "neo4j-driver";

const container = new CosmosClient("https://shop").database("shop").container("orders");
const store = new Datastore();
const orders = new Spanner({}).instance("shop").database("shop");
const arango = new Database({}).collection("orders");
const Order = new Entity({ model: {} }, { table: "shop" });
const couch = nano("http://localhost:5984").use("orders");
const graph = neo4j.driver("bolt://localhost");
const app = express();

app.get("/cosmos", async (req, res) => {
  for (const id of req.body.ids) {
    await container.item(id, id).read(); // finding: DB-PERF-001
  }
  // ok: many at once
  await container.items.bulk(req.body.ids.map((id: string) => ({ operationType: "Read", id })));
  res.end();
});

app.get("/datastore", async (req, res) => {
  for (const id of req.body.ids) {
    await store.get(store.key(["order", id])); // finding: DB-PERF-001
  }
  const transaction = store.transaction();
  for (const id of req.body.ids) {
    transaction.save({ key: store.key(["order", id]), data: {} }); // ok: sent with the others; mutate: s/transaction.save/await store.save/
  }
  await transaction.commit();
  res.end();
});

app.get("/spanner", async (req, res) => {
  await orders.runTransactionAsync(async (transaction) => {
    for (const id of req.body.ids) {
      await transaction.run({ sql: "SELECT title FROM orders WHERE id = @id", params: { id } }); // finding: DB-PERF-001
    }
  });
  res.end();
});

app.get("/arango", async (req, res) => {
  for (const id of req.body.ids) {
    await arango.document(id); // finding: DB-PERF-001
  }
  res.json(await arango.documents(req.body.ids)); // ok: many at once
});

app.get("/electro", async (req, res) => {
  for (const id of req.body.ids) {
    await Order.get({ id }).go(); // finding: DB-PERF-001
  }
  const asked = req.body.ids.map((id: string) => Order.get({ id })); // ok: nothing is asked before go; mutate: s/Order.get({ id }))/Order.get({ id }).go())/
  res.json(await Promise.all(asked));
});

app.get("/couch", async (req, res) => {
  for (const id of req.body.ids) {
    await couch.get(id); // finding: DB-PERF-001
  }
  res.end();
});

app.get("/graph", async (req, res) => {
  const session = graph.session();
  await session.executeRead(async (transaction) => {
    for (const id of req.body.ids) {
      await transaction.run("MATCH (o {id: $id}) RETURN o", { id }); // finding: DB-PERF-001
    }
  });
  res.end();
});
