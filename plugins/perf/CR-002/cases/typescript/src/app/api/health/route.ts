import { Pool } from "pg";

const pool = new Pool();

export async function GET() {
  await pool.query("SELECT 1"); // finding: CR-002
  return new Response("ok");
}
