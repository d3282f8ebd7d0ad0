import { PrismaClient } from "@prisma/client";
import express from "express";
import mysql from "mysql2/promise";
import { Pool } from "pg";

const pool = new Pool();
const prisma = new PrismaClient();
const orders = mysql.createPool("mysql://db/shop");
const app = express();

app.post("/late", async (request, response) => {
  const { rows } = await pool.query("SELECT id, due FROM orders"); // finding: MEM-001
  response.json(rows.filter((order) => order.due < request.body.day).length);
});

app.post("/some", async (request, response) => {
  const { rows } = await pool.query("SELECT id, due FROM orders WHERE due < 3"); // ok: the statement filters; mutate: s/ WHERE due < 3//
  response.json(rows.filter((order) => order.due < request.body.day).length);
});

app.post("/sums", async (request, response) => {
  const [rows] = await orders.query("SELECT id, total FROM orders"); // finding: MEM-001
  let sum = 0;
  for (const row of rows) {
    sum += row.total;
  }
  response.json(sum);
});

app.post("/raw", async (request, response) => {
  const users = await prisma.$queryRawUnsafe("SELECT id, mail FROM users"); // finding: MEM-001
  response.json(users.length);
});

app.post("/page", async (request, response) => {
  const users = await prisma.$queryRawUnsafe("SELECT id, mail FROM users LIMIT 50"); // ok: a page; mutate: s/ LIMIT 50//
  response.json(users.length);
});
