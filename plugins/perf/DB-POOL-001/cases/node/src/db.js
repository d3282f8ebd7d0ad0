const { Pool } = require("pg");
const mysql = require("mysql2/promise");
const knex = require("knex");
const { Sequelize } = require("sequelize");

const one = new Pool({ connectionString: process.env.DATABASE_URL, max: 1 }); // finding: DB-POOL-001 confidence: medium
const many = new Pool({ connectionString: process.env.DATABASE_URL, max: 1000 }); // finding: DB-POOL-001 confidence: medium
const usual = new Pool({ connectionString: process.env.DATABASE_URL }); // ok: ten by default
const sized = new Pool({ connectionString: process.env.DATABASE_URL, max: 20 }); // ok: bounded; mutate: s/max: 20/max: 2/
const orders = mysql.createPool({ host: "db", connectionLimit: 2 }); // finding: DB-POOL-001 confidence: medium
const builder = knex({ client: "pg", connection: process.env.DATABASE_URL, pool: { min: 0, max: 1 } }); // finding: DB-POOL-001 confidence: medium
const models = new Sequelize(process.env.DATABASE_URL, { pool: { max: 10 } }); // ok: bounded; mutate: s/max: 10 }/max: 2 }/
const file = knex({ client: "sqlite3", connection: { filename: "shop.db" }, pool: { min: 1, max: 1 } }); // ok: a file; mutate: s/sqlite3/pg/

module.exports = { one, many, usual, sized, orders, builder, models, file };
