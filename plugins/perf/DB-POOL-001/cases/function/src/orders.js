const { Pool } = require("pg");

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 1 }); // ok: a function answers one request at a time

exports.handler = async () => pool.query("SELECT 1");
