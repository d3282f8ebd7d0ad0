import pg from "pg";

const pool = new pg.Pool();

export async function forget(names: string[]) {
  for (const name of names) {
    await pool.query("DELETE FROM orders WHERE name = $1", [name]); // finding: DB-PERF-001
  }
}
