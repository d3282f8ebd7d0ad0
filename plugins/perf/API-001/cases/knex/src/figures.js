import Router from "@koa/router";
import knex from "knex";

const db = knex({ client: "pg" });
const router = new Router();

async function visits(shop) { // ok: the rows are added up as they come, and figures are answered
  const figures = { perHour: new Array(24).fill(0), total: 0 };
  const rows = db("visits").where("shop_id", ">", shop).stream();
  for await (const row of rows) {
    figures.perHour[new Date(row.made_at).getHours()] += row.number;
    figures.total += 1;
  }
  return figures;
}

router.get("/visits/figures", async (ctx) => {
  ctx.body = await visits(ctx.query.shop);
});

async function listed(shop) {
  const found = [];
  const rows = db("visits").where("shop_id", ">", shop).stream();
  for await (const row of rows) {
    found.push({ at: row.made_at, number: row.number });
  }
  return found;
}

router.get("/visits", async (ctx) => { // finding: API-001 -- each row is kept
  ctx.body = await listed(ctx.query.shop);
});

export default router;
