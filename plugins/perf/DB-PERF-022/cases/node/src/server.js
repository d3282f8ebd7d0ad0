const { pool } = require("./database");

require("http").createServer((request, response) => pool.query("SELECT 1").then(() => response.end())).listen(3000);
