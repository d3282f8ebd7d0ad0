import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
const app = express();

app.get("/titles", async (request, response) => {
  const recipes = await prisma.recipe.findMany({
    where: { cuisine: request.query.cuisine },
    include: { steps: true, cook: { include: { team: true } } }, // finding: DB-PERF-003 confidence: medium -- the steps are not read
  });
  response.json(recipes.map((recipe) => `${recipe.title} by ${recipe.cook.name}`));
});

app.get("/counted", async (request, response) => {
  const recipe = await prisma.recipe.findUnique({ where: { id: request.query.id }, include: { _count: true, cook: request.query.full } }); // ok: counted, and who asks decides; mutate: s/cook: request.query.full/cook: true/
  response.json({ title: recipe.title, steps: recipe._count.steps });
});

app.get("/slim", async (request, response) => {
  const recipe = await prisma.recipe.findUnique({
    where: { id: request.query.id },
    include: { cook: { select: { id: true } } }, // finding: DB-PERF-003 confidence: low -- one short column
  });
  response.json({ title: recipe.title });
});

const withCook = { steps: true, cook: true };

app.get("/cooks", async (request, response) => {
  const recipe = await prisma.recipe.findUnique({ where: { id: request.query.id }, include: withCook }); // finding: DB-PERF-003 confidence: medium -- the options serve the other read as well
  response.json({ cook: recipe.cook.name });
});

app.get("/full", async (request, response) => {
  const recipe = await prisma.recipe.findUnique({ where: { id: request.query.id }, include: withCook }); // ok: both are read
  response.json({ cook: recipe.cook.name, steps: recipe.steps.length });
});
