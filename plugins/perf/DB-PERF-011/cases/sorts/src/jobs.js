const express = require("express");
const knex = require("knex")({ client: "pg" });

const app = express();

app.post("/statuses/:status/orders/close", async (req, res) => {
  // finding: DB-PERF-011 confidence: medium
  const orders = await knex("orders").where("status", req.params.status);
  for (const order of orders) {
    queue.push(order.id);
  }
  res.sendStatus(202);
});

app.post("/shops/:shop/orders/close", async (req, res) => {
  // ok: of one shop; mutate: s/"shop_id", req.params.shop/"status", req.params.shop/
  const orders = await knex("orders").where("shop_id", req.params.shop);
  for (const order of orders) {
    queue.push(order.id);
  }
  res.sendStatus(202);
});

app.post("/roles/:role/mail", async (req, res) => {
  // ok: who has a role; mutate: s/user_roles/users/
  const users = await knex("user_roles").where("role_id", req.params.role);
  for (const user of users) {
    queue.push(user.id);
  }
  res.sendStatus(202);
});

app.listen(3000);
