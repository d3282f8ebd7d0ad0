exports.up = (knex) =>
  knex.schema
    .createTable("customers", (table) => {
      table.increments("id").primary();
      table.string("providerKey").references("key").inTable("providers"); // finding: DB-IDX-001 confidence: low
      table.string("providerId"); // finding: DB-IDX-001 confidence: medium
      table.string("email");
      table.unique(["providerKey", "email"]);
    })
    .createTable("orders", (table) => {
      table.increments("id").primary();
      table.string("digest"); // finding: DB-IDX-001 confidence: medium
      table.string("code"); // ok: the key beside it would lead to few rows; mutate: src/orders.js s/customerId: req.params.id, code/code/
      table.integer("customerId").references("id").inTable("customers"); // finding: DB-IDX-001 confidence: medium
      table.integer("packerId").references("id").inTable("packers"); // ok: it stands in the row itself
    })
    .createTable("orderHistory", (table) => {
      table.increments("id").primary();
      table.integer("orderId"); // finding: DB-IDX-001 confidence: medium
      table.integer("weightId"); // ok: called after no table; mutate: migrations/20240101000000_tables.js s/createTable("packers"/createTable("weights"/
    })
    .createTable("sections", (table) => {
      table.increments("id").primary();
      table.integer("sectionId").references("id").inTable("sections"); // finding: DB-IDX-001 confidence: medium
      table.string("slug"); // finding: DB-IDX-001 confidence: medium
      table.string("path"); // ok: the number beside it is the key; mutate: src/orders.js s/{ id: req.params.id, path }/{ path }/
    })
    .createTable("lines", (table) => {
      table.increments("id").primary();
      table.integer("orderId").references("id").inTable("orders"); // finding: DB-IDX-001 confidence: medium
    })
    .createTable("notes", (table) => {
      table.increments("id").primary();
      table.integer("orderId").references("id").inTable("orders"); // ok: rows are only added; mutate: src/orders.js s/.insert({ text: "packed" })//
    })
    .createTable("packers", (table) => {
      table.increments("id").primary();
      table.string("name");
    })
    .createTable("orderTags", (table) => {
      table.increments("id").primary();
      table.integer("orderId").references("id").inTable("orders"); // finding: DB-IDX-001 confidence: medium
      table.integer("tagId").references("id").inTable("tags"); // ok: nobody asks for the orders of a tag; mutate: src/orders.js s/$relatedQuery("lines")/$relatedQuery("tagged")/
    });

exports.down = (knex) => knex.schema.dropTable("orders");
