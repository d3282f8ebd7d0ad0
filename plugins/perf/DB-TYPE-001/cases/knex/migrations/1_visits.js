exports.up = async (knex) => {
  await knex.schema.createTable("visits", (table) => {
    table.increments("id"); // finding: DB-TYPE-001 confidence: medium
    table.timestamp("created_at");
  });
  await knex.schema.createTable("hits", (table) => {
    table.bigIncrements("id"); // ok: 64 bits; mutate: s/bigIncrements/increments/
    table.timestamp("created_at");
  });
};
