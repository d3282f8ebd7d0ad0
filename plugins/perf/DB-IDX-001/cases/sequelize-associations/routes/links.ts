import express from "express";

import { Job, Link, LinkHistory, Note, User, Visit } from "../models";

const app = express();

app.get("/links/:code/history", async (request, response) => {
  response.json(await LinkHistory.findAll({ where: { linkCode: request.params.code }, include: [{ model: User, as: "editor" }], limit: 20 }));
});

app.get("/jobs", async (request, response) => {
  response.json(await Job.scope(["defaultScope"]).findAll({ where: { userId: request.session.user.id }, limit: 20 }));
});

app.get("/visits", async (request, response) => {
  response.json(await Visit.unscoped().count({ where: { visitorId: request.session.user.id } }));
});

app.get("/links/:code", async (request, response) => {
  response.json(await Link.findByPk(request.params.code, { include: [{ model: Note }] }));
});
