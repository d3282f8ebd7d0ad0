const { Pool } = require("pg");

exports.pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  idleTimeoutMillis: 500, // finding: DB-PERF-021 confidence: medium
});
exports.reports = new Pool({ connectionString: process.env.DATABASE_URL, idleTimeoutMillis: 30000 }); // ok: half a minute; mutate: s/30000/3000/
