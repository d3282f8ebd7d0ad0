import express from "express";
import { PrismaClient } from "@prisma/client";

const app = express();
const prisma = new PrismaClient();

enum Kind {
  Order = "order",
  User = "user",
}

app.get("/changes/:id", async (request, response) => {
  const kind = request.query.kind;
  const id = Number(request.params.id);
  let item, owner;
  if (kind === Kind.Order) {
    item = await prisma.order.findUnique({ where: { id } });
  }
  if (kind === Kind.User) {
    // ok: one kind or the other; mutate: s/kind === Kind.User/id > 1/
    owner = await prisma.user.findUnique({ where: { id } });
  }
  response.json({ item, owner });
});

app.get("/either/:id", async (request, response) => {
  const id = Number(request.params.id);
  const short = request.query.short;
  let item, owner;
  if (short) {
    item = await prisma.order.findUnique({ where: { id } });
  }
  // ok: where it is not short; mutate: s/!short && id/id/
  if (!short && id) owner = await prisma.user.findUnique({ where: { id } });
  response.json({ item, owner });
});

app.get("/names/:id", async (request, response) => {
  const id = Number(request.params.id);
  const name = String(request.query.name);
  let one, two, three;
  if (name === "a" || name === "b") one = await prisma.cart.findUnique({ where: { id } });
  if (["c", "e"].includes(name)) two = await prisma.note.findUnique({ where: { id } }); // ok: another name; mutate: s/"c", "e"/"b", "e"/
  response.json({ one, two });
});

app.get("/alike/:id", async (request, response) => {
  const id = Number(request.params.id);
  const name = String(request.query.name);
  let two, three;
  if (["c", "d"].includes(name)) two = await prisma.note.findUnique({ where: { id } });
  if (name !== "a") three = await prisma.tag.findUnique({ where: { id } }); // finding: CONC-003
  response.json({ two, three });
});

app.get("/cases/:id", async (request, response) => {
  const id = Number(request.params.id);
  switch (request.query.kind) {
    case "order":
      response.json(await prisma.order.findUnique({ where: { id } }));
      break;
    case "user":
      response.json(await prisma.user.findUnique({ where: { id } })); // ok: another case
      break;
    default:
      response.json({});
  }
});
