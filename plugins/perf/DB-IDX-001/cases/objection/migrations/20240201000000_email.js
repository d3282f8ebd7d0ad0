exports.up = (knex) => knex.schema.alterTable("account", (table) => table.index(["email"]));

exports.down = (knex) => knex.schema.alterTable("account", (table) => table.dropIndex(["email"]));
