exports.up = function (knex) {
  return knex.schema.createTable("orders", (table) => {
    table.increments("id").primary();
    table.integer("buyer_id").references("users.id"); // ok: MySQL makes an index for it
  });
};
