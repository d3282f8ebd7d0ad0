const { Pool } = require("pg");

const pool = new Pool();

exports.orders = () => pool.query("SELECT * FROM orders"); // finding: DB-PERF-020
