import express from "express";
import { createClient } from "redis";
import { chromium } from "playwright";

const app = express();
let client: any = null;
let browser: any = null;
let rate: any = null;
let customer: any = null;
let last: any = null;

async function connection() {
  if (client) {
    return client;
  }
  client = await createClient().connect(); // finding: CONC-004
  return client;
}

async function page() {
  if (browser && browser.isConnected()) {
    return browser;
  } else {
    browser = await chromium.launch(); // finding: CONC-004
    return browser;
  }
}

async function rated() {
  if (rate !== null) {
    return rate;
  }
  rate = await fetch("https://rates.example/"); // ok: the same whoever asks; mutate: s/fetch("https:\/\/rates.example\/")/connectPool()/
  return rate;
}

app.get("/orders", async (request, response) => {
  const orders = await (await connection()).get("orders");
  response.json({ orders, page: await page(), rate: await rated() });
});

app.get("/mine", async (request, response) => {
  customer = request.query.customer; // finding: CONC-004
  const orders = await (await connection()).get("orders");
  response.json(orders.filter((order: any) => order.customer === customer));
});

app.get("/last", async (request, response) => {
  last = request.query.customer; // ok: nobody reads it behind an await here
  response.json(await (await connection()).get("orders"));
});
