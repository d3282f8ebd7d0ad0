const express = require("express");
const { PrismaClient } = require("@prisma/client");

const prisma = new PrismaClient();
const app = express();

// Nearly every table belongs to a team: to who asks, all of its rows are the table.
app.post("/tickets/archive", async (req, res) => {
  const tickets = await prisma.ticket.findMany({ where: { teamId: req.body.teamId, archived: false } }); // finding: DB-PERF-011
  for (const ticket of tickets) queue(ticket.id);
  res.sendStatus(202);
});

app.post("/articles/check", async (req, res) => {
  // finding: DB-PERF-011
  const articles = await prisma.article.findMany({ where: { teamId: req.body.teamId, visits: { some: { seenAt: req.body.since, bot: false } } } });
  for (const article of articles) queue(article.id);
  res.sendStatus(202);
});

app.post("/customers/mail", async (req, res) => {
  // ok: those of one inbox; mutate: s/, inboxId: req.body.inboxId//
  const customers = await prisma.customer.findMany({ where: { teamId: req.body.teamId, inboxId: req.body.inboxId } });
  for (const customer of customers) queue(customer.id);
  res.sendStatus(202);
});

app.post("/tickets/close", async (req, res) => {
  // ok: few tables belong to a project, which is one of many things of a team; mutate: s/projectId/teamId/
  const tickets = await prisma.ticket.findMany({ where: { projectId: req.body.id } });
  for (const ticket of tickets) queue(ticket.id);
  res.sendStatus(202);
});

function queue(id) {
  process.send({ id });
}

app.listen(8080);
