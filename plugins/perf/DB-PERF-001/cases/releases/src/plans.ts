import pg from "pg";

const pool = new pg.Pool();

export class ReleasePlans {
  async insert(plan: string, segments: string[]) {
    for (const segment of segments) {
      await pool.query("INSERT INTO plan_segments (plan, segment) VALUES ($1, $2)", [plan, segment]); // finding: DB-PERF-001 -- a release is no lease
    }
  }
}

export class LeasePlans {
  async insert(plan: string, segments: string[]) {
    for (const segment of segments) {
      await pool.query("INSERT INTO plan_leases (plan, segment) VALUES ($1, $2)", [plan, segment]); // ok: goes on until it has a lease
    }
  }
}
