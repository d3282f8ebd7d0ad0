const knex = require("knex")({ client: "pg" });

class OrderRepository {
  async find(code) {
    return knex("orders").where({ code }).first();
  }

  async close(code) {
    await knex("orders").where({ code }).update({ state: "closed" });
  }
}

class SqlPriceRepository {
  async of(code) {
    return knex("prices").where({ code }).first();
  }
}

module.exports = { OrderRepository, SqlPriceRepository };
