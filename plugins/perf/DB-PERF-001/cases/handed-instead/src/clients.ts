import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
const app = express();

async function clientFor(shop, token?: string) {
  const used = token ?? (await prisma.token.findFirst({ where: { shop } }));
  return { used };
}

async function nameOf(shop, name?: string) {
  if (!name) {
    name = await prisma.shop.findFirst({ where: { shop } });
  }
  return name;
}

app.get("/clients", async (request, response) => {
  const shops = await prisma.shop.findMany({ take: 20 });
  const all = [];
  for (const shop of shops) {
    all.push(await clientFor(shop.id, shop.token)); // ok: handed what would be asked for; mutate: s/shop.id, shop.token/shop.id/
  }
  response.json(all);
});

app.get("/names", async (request, response) => {
  const shops = await prisma.shop.findMany({ take: 20 });
  const all = [];
  for (const shop of shops) {
    all.push(await nameOf(shop.id, shop.name)); // ok: handed what would be asked for; mutate: s/shop.id, shop.name/shop.id/
  }
  response.json(all);
});
