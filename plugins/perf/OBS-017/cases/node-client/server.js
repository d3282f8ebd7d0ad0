const client = require("prom-client");
const app = require("express")();

const orders = new client.Counter({ name: "orders_total", help: "Orders" });
app.get("/metrics", async (request, response) => response.end(await client.register.metrics()));
