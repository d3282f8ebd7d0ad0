import express from "express";
import mysql from "mysql2/promise";
import { createClient } from "redis";

const app = express();
const clients = new Map();
const sessions: Record<string, any> = {};
let pool: any = null;
let ready: any = null;
let price: any = null;

app.get("/orders", async (request, response) => {
  if (!pool) {
    pool = await mysql.createPool("mysql://db/shop"); // finding: CONC-004
  }
  response.json(await pool.query("SELECT 1"));
});

app.get("/sessions/:id", async (request, response) => {
  const id = request.params.id;
  if (!sessions[id]) {
    sessions[id] = await createClient().connect(); // finding: CONC-004
  }
  response.json({});
});

app.get("/kept", async (request, response) => {
  if (!ready) {
    ready = createClient().connect(); // ok: the promise is kept; mutate: s/ready = createClient/ready = await createClient/
  }
  await ready;
  response.json({});
});

app.get("/price", async (request, response) => {
  if (!price) {
    price = await lookUp("price"); // ok: the same whoever asks; mutate: s/lookUp("price")/connectPool()/
  }
  response.json(price);
});

app.get("/own", async (request, response) => {
  let pool = null;
  if (!pool) {
    pool = await mysql.createPool("mysql://db/own"); // ok: a local; mutate: s/  let pool = null;\n//
  }
  response.json(await pool.query("SELECT 1"));
});
