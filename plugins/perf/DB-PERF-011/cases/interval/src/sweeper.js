const knex = require("knex")({ client: "pg" });

const keptPaths = async () => {
  const rows = await knex("files").select("path"); // finding: DB-PERF-011 confidence: medium
  return new Set(rows.map((row) => row.path));
};

const sweep = async () => {
  const kept = await keptPaths();
  const old = await knex("files")
    .select("path")
    .whereIn("owner_id", knex("users").select("id").where("active", false)) // ok: a query within the query
    .limit(100);
  return old.filter((row) => !kept.has(row.path));
};

const start = () => {
  const run = async () => {
    await sweep();
  };
  setInterval(run, 3600 * 1000);
};

const warm = async () => {
  const names = await knex("files").select("name"); // ok: once, when the process starts; mutate: s/const warm = async () => {/const warm = () => setInterval(async () => {/; s/return names.length;\n};/return names.length;\n}, 1000);/
  return names.length;
};

module.exports = { start, warm };
