exports.up = (knex) =>
  knex.schema.createTable("parcels", (table) => {
    table.increments("id").primary();
    table.integer("depot_id").references("depots.id").index(); // ok: an index of its own, also where it is asked only in some cases
    table.integer("packer_id").references("packers.id"); // finding: DB-IDX-001 confidence: medium
  });
