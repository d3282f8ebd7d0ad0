import { PrismaClient } from "@prisma/client";
import Fastify from "fastify";

const app = Fastify();
const prisma = new PrismaClient();

// finding: API-001
app.get("/orders", async () => {
  return prisma.order.findMany({ where: { open: true }, include: { lines: true } });
});

// finding: API-001
app.get("/users", async (request, reply) => {
  const users = await prisma.user.findMany();
  reply.send({ users });
});

// ok: a page behind a cursor; mutate: s/take: 50, //
app.get("/page", async (request) => {
  const { cursor } = request.query as { cursor?: string };
  return prisma.order.findMany({ take: 50, cursor: cursor ? { id: cursor } : undefined });
});

// ok: bounded in the options; mutate: s/, take: 50//
app.get("/page-options", async (request) => {
  const options = { orderBy: { id: "asc" as const }, take: 50 };
  return prisma.order.findMany(options);
});

// ok: only a condition of a page; mutate: s/return prisma.invitation.findMany({ where: { email: { in: known } }, take: 40 })/return known/
app.get("/invited", async (request) => {
  const known = await prisma.user.findMany({ select: { email: true } });
  return prisma.invitation.findMany({ where: { email: { in: known } }, take: 40 });
});

// ok: few by nature; mutate: s/prisma.deliveryOption/prisma.delivery/
app.get("/options", async () => {
  const found = await prisma.deliveryOption.findMany();
  return found;
});

// finding: API-001 confidence: low
app.get("/search", async (request) => {
  const { text } = request.query as { text: string };
  return prisma.order.findMany({ where: { note: { contains: `%${text}%` } } });
});

app.get("/raw", async () => {
  return prisma.$queryRaw`SELECT id, total FROM orders ORDER BY id LIMIT 50`; // ok: LIMIT; mutate: s/ LIMIT 50//
});

// ok: a condition of a page, by way of a variable; mutate: s/reply.send(open)/reply.send(known)/
app.get("/not-invited", async (request, reply) => {
  const known = await prisma.user.findMany({ select: { email: true } });
  const open = await prisma.invitation.findMany({ where: { NOT: { email: { in: known.map((user) => user.email) } } }, take: 40 });
  reply.send(open);
});

// ok: the same name stands for an item of either list; mutate: s/open.map((user)/known.map((user)/
app.get("/still-invited", async (request, reply) => {
  const known = await prisma.user.findMany({ select: { email: true } });
  const open = await prisma.invitation.findMany({ where: { NOT: { email: { in: known.map((user) => user.email) } } }, take: 40 });
  const users = open.map((user) => ({ ...user }));
  reply.send(users);
});
