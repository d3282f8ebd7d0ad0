import { DynamoDB, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocument, DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { drizzle } from "drizzle-orm/node-postgres";
import express from "express";
import { Kysely } from "kysely";
import { DataTypes, Sequelize } from "sequelize";

import { orders } from "./schema";

const app = express();
const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const db = drizzle(process.env.DATABASE_URL!);
const kysely = new Kysely<any>({} as any);
const sequelize = new Sequelize("postgres://db");
const Invoice = sequelize.define("Invoice", { total: DataTypes.INTEGER });

app.get("/events", async (req, res) => {
  const items = [];
  let key;
  do {
    const page = await table.send(new ScanCommand({ TableName: "events", ExclusiveStartKey: key })); // finding: API-001
    items.push(...page.Items!);
    key = page.LastEvaluatedKey;
  } while (key);
  res.json(items);
});

const documents = DynamoDBDocument.from(new DynamoDB({}));

app.get("/visits", async (req, res) => {
  const params: any = { TableName: "visits" };
  const visits = [];
  do {
    const page = await documents.scan(params); // finding: API-001 confidence: medium
    visits.push(...page.Items!);
    params.ExclusiveStartKey = page.LastEvaluatedKey;
  } while (params.ExclusiveStartKey);
  res.json(visits);
});

app.get("/visits-page", async (req, res) => {
  const page = await documents.scan({ TableName: "visits", ExclusiveStartKey: req.query.key as any }); // ok: one page per request
  res.json(page.Items);
});

app.get("/events-page", async (req, res) => {
  const page = await table.send(new ScanCommand({ TableName: "events", ExclusiveStartKey: req.query.key as any })); // ok: one page per request
  res.json(page.Items);
});

// finding: API-001
app.get("/orders", async (req, res) => {
  const rows = await db.select().from(orders);
  res.json(rows);
});

// finding: API-001 confidence: low
app.get("/orders-states", async (req, res) => {
  const rows = await db.selectDistinct({ state: orders.state }).from(orders);
  res.json(rows);
});

// finding: API-001 confidence: medium
app.get("/orders-totals", async (req, res) => {
  const rows = await db.selectDistinct({ id: orders.id, total: orders.total }).from(orders);
  res.json(rows);
});

// finding: API-001 confidence: medium
app.get("/orders-all", async (req, res) => {
  const rows = await db.select({ state: orders.state }).from(orders);
  res.json(rows);
});

// ok: bounded; mutate: s/.limit(50)//
app.get("/orders-page", async (req, res) => {
  const rows = await db.select().from(orders).limit(50);
  res.json(rows);
});

// finding: API-001
app.get("/lines", async (req, res) => {
  const rows = await kysely.selectFrom("line").selectAll().execute();
  res.json(rows);
});

// ok: one row; mutate: s/executeTakeFirst()/execute()/
app.get("/line", async (req, res) => {
  const row = await kysely.selectFrom("line").selectAll().executeTakeFirst();
  res.json(row);
});

// finding: API-001
app.get("/invoices", async (req, res) => {
  const rows = await Invoice.findAll({ order: [["id", "ASC"]] });
  res.json(rows);
});

// ok: bounded; mutate: s/{ limit: 50 }//
app.get("/invoices-page", async (req, res) => {
  const { rows } = await Invoice.findAndCountAll({ limit: 50 });
  res.json(rows);
});
