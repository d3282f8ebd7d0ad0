const knex = require("knex");

module.exports = { knex: knex({ client: process.env.DB_CLIENT }), models: { orders: require("./models/orders"), tags: require("./models/tags") } };
