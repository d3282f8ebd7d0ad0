exports.up = function (knex) {
  return knex.schema
    .createTable("orders", (table) => {
      table.increments("id").primary();
      table.integer("buyer_id").references("users.id"); // finding: DB-IDX-001 confidence: medium
      table.integer("tenant_id").references("tenants.id").index(); // ok: an index of its own; mutate: s/.index()//
      table.integer("packed_by").references("users.id"); // ok: no query goes by it
      table.integer("agency_id").notNullable();
      table.foreign("agency_id").references("agencies.id"); // finding: DB-IDX-001 confidence: medium
    })
    .createTable("order_lines", (table) => {
      table.integer("order_id");
      table.integer("product_id");
      table.foreign("order_id").references("orders.id"); // ok: the primary key begins with it
      table.foreign("product_id").references("products.id"); // finding: DB-IDX-001 confidence: medium
      table.primary(["order_id", "product_id"]);
    });
};

exports.down = function (knex) {
  return knex.schema.dropTable("order_lines").dropTable("orders");
};
