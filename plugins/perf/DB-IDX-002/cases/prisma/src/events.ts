import express from "express";
import { PrismaClient } from "@prisma/client";

const app = express();
const prisma = new PrismaClient();

app.get("/events", async (request, response) => {
  response.json(await prisma.event.findMany({ where: { kind: "click" }, orderBy: { createdAt: "desc" }, take: 50 }));
});

app.get("/traces/:id", async (request, response) => {
  response.json(await prisma.event.findMany({ where: { traceId: request.params.id } }));
});

app.get("/users/:email", async (request, response) => {
  response.json(await prisma.event.findMany({ where: { userEmail: request.params.email } }));
});

app.get("/seen", async (request, response) => {
  response.json(await prisma.event.findMany({ where: { seenAt: { gte: new Date(String(request.query.since)) } } }));
});
