const knex = require("knex");
const { Sequelize } = require("sequelize");

const db = knex({
  client: "pg",
  connection: {
    host: process.env.DB_HOST,
    database: "shop",
    // finding: DB-PERF-012 confidence: high
    pool: {
      min: 2,
      max: 30,
    },
  },
  debug: false,
});

const right = knex({ client: "pg", connection: { host: "db" }, pool: { min: 2, max: 30 } }); // ok: where it is read

const models = new Sequelize("postgres://db/shop", {
  dialectOptions: { ssl: true, pool: { max: 30 } }, // finding: DB-PERF-012 confidence: high
});

module.exports = { db, right, models };
