const knex = require("knex")({ client: "mysql2" });

module.exports.ordersOf = (buyer) => knex("orders").where("buyer_id", buyer).limit(20);
