const { Pool } = require("pg");
const knex = require("knex");
const { Sequelize } = require("sequelize");
const { PrismaClient } = require("@prisma/client");

const options = { host: process.env.DB_HOST, database: "shop", user: "shop" };
const pool = new Pool(options); // finding: DB-PERF-022 confidence: high

// finding: DB-PERF-022 confidence: high
const other = new Pool({
  host: process.env.DB_HOST,
  database: "shop",
});

// finding: DB-PERF-022 confidence: high
const tables = knex({ client: "pg", connection: { host: process.env.DB_HOST, database: "shop" } });
const stock = knex({ client: "mysql2", connection: { host: process.env.DB_HOST, database: "stock" } }); // ok: MySQL; mutate: s/mysql2/pg/
const models = new Sequelize("postgres://db/shop"); // finding: DB-PERF-022 confidence: high
const prisma = new PrismaClient(); // finding: DB-PERF-022 confidence: medium

module.exports = { pool, other, tables, stock, models, prisma };
