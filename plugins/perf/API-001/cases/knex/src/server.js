import Router from "@koa/router";
import knex from "knex";
import pg from "pg";

const db = knex({ client: "pg" });
const pool = new pg.Pool();
const router = new Router();

// finding: API-001
router.get("/orders", async (ctx) => {
  ctx.body = await db("orders").select("id", "total").orderBy("id");
});

// finding: API-001 confidence: low
router.get("/states", async (ctx) => {
  ctx.body = await db("orders").distinct("state");
});

// finding: API-001 confidence: medium
router.get("/totals", async (ctx) => {
  ctx.body = await db("orders").distinct("id", "total");
});

// ok: bounded; mutate: s/.limit(50)//
router.get("/page", async (ctx) => {
  ctx.body = await db("orders").select("id", "total").limit(50);
});

router.get("/users", async (ctx) => {
  const found = await pool.query("SELECT id, name FROM users ORDER BY name"); // finding: API-001
  ctx.body = found.rows;
});

router.get("/first-users", async (ctx) => {
  const found = await pool.query("SELECT id, name FROM users ORDER BY name LIMIT 20"); // ok: LIMIT; mutate: s/ LIMIT 20//
  ctx.body = found.rows;
});

router.get("/number", async (ctx) => {
  const found = await pool.query("SELECT count(*) FROM users"); // ok: one number; mutate: s/count(*)/id, name/
  ctx.body = found.rows;
});

export default router;
