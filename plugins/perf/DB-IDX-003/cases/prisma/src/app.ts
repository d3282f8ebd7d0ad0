import express from "express";
import { PrismaClient } from "@prisma/client";

const app = express();
const prisma = new PrismaClient();

app.get("/projects/:id", async (request, response) => {
  const projectId = Number(request.params.id);
  // finding: DB-IDX-003 confidence: medium
  response.json(await prisma.event.findMany({ where: { projectId }, orderBy: { createdAt: "desc" }, take: 20 }));
});

app.get("/teams/:id", async (request, response) => {
  const teamId = Number(request.params.id);
  // ok: one index holds both; mutate: prisma/schema.prisma s/@@index([teamId, createdAt])/@@index([teamId])/
  response.json(await prisma.event.findMany({ where: { teamId }, orderBy: { createdAt: "desc" }, take: 20 }));
});

app.get("/all/:id", async (request, response) => {
  const projectId = Number(request.params.id);
  // ok: all of them are read, in whatever order; mutate: s/orderBy: { createdAt: "asc" } }/orderBy: { createdAt: "asc" }, take: 5 }/
  response.json(await prisma.visit.findMany({ where: { projectId }, orderBy: { createdAt: "asc" } }));
});
