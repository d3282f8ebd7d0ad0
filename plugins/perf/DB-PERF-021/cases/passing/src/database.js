const mysql = require("mysql2/promise");

exports.create = async (options) => {
  const connection = await mysql.createConnection(options); // ok: at the start, and for developers; mutate: src/server.js s/if (isDev)/if (options)/
  try {
    await connection.query("CREATE DATABASE IF NOT EXISTS shop");
  } finally {
    await connection.end();
  }
};

exports.total = async (options) => {
  const connection = await mysql.createConnection(options); // finding: DB-PERF-021
  try {
    return await connection.query("SELECT count(*) FROM orders");
  } finally {
    await connection.end();
  }
};
