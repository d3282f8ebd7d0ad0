import express from "express";

import { columnQuery, fetchShop, getSales, rawQuery, setRange } from "./query";

const app = express();

// A function that hands over a table of functions does what they do.
app.get("/compare/:id", async (request, response) => {
  const { id } = request.params;
  const now = await getSales(id, { days: 7 });
  const before = await getSales(id, { days: 14 }); // finding: CONC-003 confidence: high
  response.json({ now, before });
});

app.get("/sales/:id", async (request, response) => {
  const { id } = request.params;
  const now = await getSales(id, { days: 7 });
  const before = await getSales(id, now.range); // ok: needs the first; mutate: s/now.range/{ days: 14 }/
  response.json({ now, before });
});

app.get("/chart/:id", async (request, response) => {
  const { id } = request.params;
  const [sales, rows] = await Promise.all([getSales(id, 1), columnQuery("select day from sales where id = {id:String}", { id })]);
  const before = await getSales(id, 2); // finding: CONC-003 confidence: high
  response.json({ sales, rows, before });
});

// What a wrapper does, the statement says.
app.get("/totals/:id", async (request, response) => {
  const { id } = request.params;
  const values = { id };
  const paid = await rawQuery("select count(*) from paid where shop = {{id}}", values);
  const open = await rawQuery(`with shops as (select id from shops) select count(*) from open where shop = {{id}}`, values); // finding: CONC-003
  response.json({ paid, open });
});

app.post("/totals/:id", async (request, response) => {
  const values = { id: request.params.id };
  const paid = await rawQuery("insert into paid (shop) values ({{id}}) returning shop", values);
  const open = await rawQuery("select count(*) from open where shop = {{id}}", values); // ok: counts what was written; mutate: s/insert into paid (shop) values ({{id}}) returning shop/select count(*) from paid/
  response.json({ paid, open });
});

// A name that says that something is set, of which all is known that it does beyond memory.
app.get("/range/:id", async (request, response) => {
  const { id } = request.params;
  const range = await setRange(id, request.body.range);
  const shop = await fetchShop(id); // finding: CONC-003
  response.json({ range, shop });
});

app.get("/used/:id", async (request, response) => {
  const { id } = request.params;
  const wanted = request.body;
  const range = await setRange(id, wanted);
  const sales = await getSales(id, wanted); // ok: the first changes what it is handed; mutate: s/getSales(id, wanted)/getSales(id, 7)/
  response.json({ range, sales });
});
