import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
const app = express();

app.get("/places/:id", async (request, response) => {
  const id = Number(request.params.id);
  response.json(await prisma.shop.findUnique({ where: { id: 1 }, include: { orders: { where: { placeId: id } } } }));
});

app.get("/shops", async (request, response) => {
  response.json(await prisma.shop.findMany({ where: { staff: { some: { userId: request.user.id } } }, take: 20 }));
});

app.get("/visited", async (request, response) => {
  response.json(await prisma.shop.findMany({ where: { visits: { some: { visitor: request.user.name } } }, take: 20 }));
});

app.delete("/shops/:id/reminders", async (request, response) => {
  await prisma.reminder.deleteMany({ where: { shopId: Number(request.params.id) } });
  response.sendStatus(204);
});
