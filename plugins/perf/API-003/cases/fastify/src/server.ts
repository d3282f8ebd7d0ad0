import Fastify from "fastify";
import { Pool } from "pg";

const app = Fastify();
const pool = new Pool();

app.get("/orders", async (request, reply) => { // finding: API-003 confidence: medium
  const { offset, limit } = request.query as { offset: number; limit: number };
  const result = await pool.query("SELECT id FROM orders ORDER BY id LIMIT $1 OFFSET $2", [limit, offset]);
  return result.rows;
});
