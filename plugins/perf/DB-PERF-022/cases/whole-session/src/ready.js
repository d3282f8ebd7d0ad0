import { pool } from "./pool.js";

pool.on("connect", (client) => client.query("SET statement_timeout = 5000"));
