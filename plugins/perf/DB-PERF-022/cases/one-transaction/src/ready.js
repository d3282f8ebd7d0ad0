import { pool } from "./pool.js";

export async function isReady() {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(`SET LOCAL statement_timeout = ${process.env.READY_STATEMENT_TIMEOUT_MS}`);
    await client.query("SELECT 1");
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}
