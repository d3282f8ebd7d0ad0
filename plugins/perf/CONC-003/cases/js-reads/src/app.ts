import axios from "axios";
import express from "express";

import { prisma } from "./store";

const app = express();

app.get("/orders", async (request, response) => {
  const take = Number(request.query.take);
  const total = await prisma.order.count();
  const rows = await prisma.order.findMany({ take }); // finding: CONC-003
  response.json({ total, rows });
});

app.get("/teams/:id", async (request, response) => {
  const { id } = request.params;
  const team = await prisma.team.findUnique({ where: { id } });
  const members = await prisma.member.findMany({ where: { team: team?.id } }); // ok: needs the team; mutate: s/team: team?.id/team: id/
  response.json({ team, members });
});

app.get("/rates", async (request, response) => {
  const today = await axios.get("https://rates.example/today").then((answer) => answer.data);
  const before = (await axios.get("https://rates.example/before")).data; // finding: CONC-003
  response.json({ today, before });
});

app.get("/weather", async (request, response) => {
  const first = await fetch("https://weather.example/now");
  const now = await first.json();
  const second = await fetch("https://weather.example/next"); // finding: CONC-003
  response.json({ now, next: await second.json() });
});

app.get("/fallback", async (request, response) => {
  const row = (await prisma.order.findFirst()) ?? (await prisma.offer.findFirst()); // ok: asked only where there is no order
  response.json(row);
});

app.get("/halves", async (request, response) => {
  const take = Number(request.query.take);
  let old = [];
  if (take > 1) old = await prisma.order.findMany({ take, orderBy: { id: "asc" } });
  let young = [];
  if (take > 0) young = await prisma.order.findMany({ take, orderBy: { id: "desc" } }); // finding: CONC-003
  response.json({ old, young });
});

app.get("/object", async (request, response) => {
  response.json({
    orders: await prisma.order.count(),
    offers: await prisma.offer.count(), // finding: CONC-003
  });
});

app.get("/together", async (request, response) => {
  const [orders, offers] = await Promise.all([prisma.order.count(), prisma.offer.count()]); // ok: already together
  response.json({ orders, offers });
});

async function getSession(token: string) {
  return prisma.session.findUnique({ where: { token } });
}

app.get("/mine", async (request, response) => {
  const session = await getSession(String(request.query.token));
  const offers = await prisma.offer.count(); // ok: who asks comes first; mutate: s/await getSession(String(request.query.token))/await prisma.order.count()/
  response.json({ session, offers });
});

app.get("/locked", async (request, response) => {
  const result = await prisma.$transaction(async () => {
    const orders = await prisma.order.count();
    const offers = await prisma.offer.count(); // ok: one transaction, one connection; mutate: s/prisma.$transaction(/prisma.$extends(/
    return { orders, offers };
  });
  response.json(result);
});
