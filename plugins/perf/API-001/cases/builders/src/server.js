const express = require("express");
const boats = require("./boats");

const app = express();

app.get("/boats/:id", async (req, res) => {
  res.json(await boats.boat(req.params.id));
});

app.get("/numbers/:number", async (req, res) => {
  res.json(await boats.boatByNumber(req.params.number));
});

// finding: API-001 confidence: medium
app.get("/boats", async (req, res) => {
  res.json(await boats.boatsOfTenant(req.session.tenantId));
});

// finding: API-001 confidence: low
app.get("/owners/:id/boats", async (req, res) => {
  res.json(await boats.boatsOfOwner(req.params.id));
});

// finding: API-001 confidence: medium
app.get("/active", async (req, res) => {
  res.json(await boats.activeBoats());
});

app.get("/page", async (req, res) => {
  res.json(await boats.pageOfBoats(req.query.page, 50));
});

app.get("/steps", async (req, res) => {
  res.json(await boats.pageInSteps(req.query.owner, 50));
});

app.get("/codes", async (req, res) => {
  res.json(await boats.codes());
});

// finding: API-001 confidence: medium
app.get("/vouchers", async (req, res) => {
  res.json(await boats.vouchers());
});

app.listen(3000);
