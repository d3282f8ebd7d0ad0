const express = require("express");
const { PrismaClient } = require("@prisma/client");

const prisma = new PrismaClient();
const app = express();

async function postList(req, res) { // finding: API-001
  res.json(await prisma.post.findMany());
}

async function sendOrders(req, res) { // ok: the same for what is sent; mutate: s/\napp.post("\/orders", sendOrders);//
  res.json(await prisma.order.findMany());
}

app.get("/posts", postList);
app.get("/orders", sendOrders);
app.post("/orders", sendOrders);
