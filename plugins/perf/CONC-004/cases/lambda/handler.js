const mysql = require("mysql2/promise");

let pool;

exports.orders = async (event) => {
  if (!pool) {
    pool = await mysql.createPool("mysql://db/shop"); // ok: an instance has one request at a time
  }
  return { statusCode: 200, body: JSON.stringify(await pool.query("SELECT 1")) };
};
