const express = require("express");
const { PrismaClient } = require("@prisma/client");

const prisma = new PrismaClient();
const app = express();

function reply(res, rows) {
  res.json(rows);
}

// What stands first in a file says nothing of what stands behind it.
async function send(res) { // finding: API-001
  const rows = await prisma.order.findMany();
  return reply(res, rows);
}

app.get("/orders", async (req, res) => {
  return send(res);
});

app.get("/users", async (req, res) => { // finding: API-001
  const rows = await prisma.user.findMany();
  return reply(res, rows);
});
