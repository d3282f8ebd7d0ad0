const express = require("express");
const { Op } = require("sequelize");
const { Visit } = require("./models");

const app = express();

app.get("/visits", async (request, response) => {
  response.json(await Visit.findAll({ where: { visitorToken: request.query.token } }));
});

app.get("/sessions/:key", async (request, response) => {
  response.json(await Visit.findOne({ where: { sessionKey: request.params.key } }));
});

app.get("/left", async (request, response) => {
  response.json(await Visit.findAll({ where: { leftAt: { [Op.gte]: new Date(request.query.since) } } }));
});

app.get("/entered", async (request, response) => {
  response.json(await Visit.findAll({ order: [["enteredAt", "DESC"]], limit: 20 }));
});
