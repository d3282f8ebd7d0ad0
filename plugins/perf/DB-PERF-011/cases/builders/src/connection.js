const knex = require("knex")({ client: "pg" });

module.exports = knex;
