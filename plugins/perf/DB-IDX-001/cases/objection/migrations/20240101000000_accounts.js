exports.up = (knex) =>
  knex.schema
    .createTable("account", (table) => {
      table.uuid("id").primary();
      table.string("providerId"); // finding: DB-IDX-001
      table.string("email"); // ok: an index is made later; mutate: migrations/20240201000000_email.js s/table.index/table.dropIndex/
      table.string("nickname"); // ok: nobody looks one up by it
    })
    .createTable("receipt", (table) => {
      table.uuid("id").primary();
      table.uuid("accountId").references("id").inTable("account"); // finding: DB-IDX-001
      table.uuid("fileId").references("id").inTable("file").onDelete("SET NULL"); // finding: DB-IDX-001
      table.uuid("draftId").references("id").inTable("draft").onDelete("SET NULL"); // ok: no draft is deleted; mutate: src/receipts.js s/File.query/Draft.query/
      table.uuid("ownerId").references("id").inTable("file"); // ok: the database refuses to delete the file
    });

exports.down = (knex) => knex.schema.dropTable("receipt").dropTable("account");
