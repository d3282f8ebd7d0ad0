import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
const app = express();

app.post("/preserve", async (request, response) => {
  // finding: DB-PERF-011
  const links = await prisma.link.findMany({
    where: { collection: { ownerId: request.user.id }, type: "url" },
  });
  response.json(links.length);
});

app.get("/collections/:id/links", async (request, response) => {
  const collectionId = Number(request.params.id);
  // ok: those of one collection; mutate: s/{ id: collectionId }/{ ownerId: collectionId }/
  const links = await prisma.link.findMany({ where: { collection: { id: collectionId } } });
  response.json({ first: links[0], size: links.length });
});

app.get("/teams", async (request, response) => {
  const userId = request.user.id;
  // ok: the teams of a member; mutate: s/members: { some: { userId } }/projects: { some: { userId } }/
  const teams = await prisma.team.findMany({ where: { members: { some: { userId } } } });
  response.json({ first: teams[0], size: teams.length });
});

app.get("/tags", async (request, response) => {
  const linkId = Number(request.params.id);
  // ok: what is joined with one link; mutate: s/items: { some: { linkId, kind: "LINK" } }/links: { some: { linkId } }/
  const tags = await prisma.tag.findMany({ where: { items: { some: { linkId, kind: "LINK" } } } });
  response.json({ first: tags[0], size: tags.length });
});

app.get("/orders-with", async (request, response) => {
  const productId = Number(request.params.id);
  const orders = await prisma.order.findMany({ where: { items: { some: { productId } } } }); // finding: DB-PERF-011
  response.json(orders.length);
});

app.get("/splits", async (request, response) => {
  const { source, symbol } = request.query;
  // ok: several columns name one profile; mutate: s/profile: { source, symbol }/profile: { source }/
  const splits = await prisma.split.findMany({ where: { profile: { source, symbol } } });
  response.json({ first: splits[0], size: splits.length });
});

app.post("/cleanup", async (request, response) => {
  const users = await prisma.user.findMany({ where: { active: false } }); // finding: DB-PERF-011
  response.json(users.length);
});

app.get("/users", async (request, response) => {
  // ok: a page behind a long condition; mutate: s/    take: 50,\n//
  const users = await prisma.user.findMany({
    where: { active: true },
    orderBy: { id: "asc" },
    take: 50,
  });
  response.json(users.length);
});

app.get("/chosen", async (request, response) => {
  const { ids } = request.body;
  // ok: a list of ids; mutate: s/id: { in: ids }/active: true/
  const users = await prisma.user.findMany({ where: { id: { in: ids } } });
  response.json(users.length);
});

app.get("/prices", async (request, response) => {
  const prices = await prisma.price.findMany(); // ok: a handful by nature; mutate: s/prices = await prisma.price/visits = await prisma.visit/
  response.json({ prices });
});

app.get("/states", async (request, response) => {
  // ok: as many as there are states; mutate: s/, distinct: ["state"]//
  const rows = await prisma.order.findMany({ select: { state: true }, distinct: ["state"] });
  response.json(rows.length);
});
