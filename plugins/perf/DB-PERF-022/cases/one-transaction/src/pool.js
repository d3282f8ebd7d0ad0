import pg from "pg";

// What one transaction sets for itself holds for no other.
export const pool = new pg.Pool({ host: "orders", database: "shop", user: "shop" }); // finding: DB-PERF-022
