const knex = require("knex");

module.exports = { knex: knex({ client: "pg", connection: process.env.DATABASE_URL }) }; // ok: made with the module
