const { Model } = require("objection");

class Order extends Model {
  static get tableName() {
    return "orders";
  }

  static get modifiers() {
    return {
      filterState(query, value) {
        if (value) {
          query.where("state", value);
        }
      },
      filterShop(query, value) {
        if (value !== undefined) {
          query.where("shopId", value);
        }
      },
      filterClosed(query, value) {
        query.where("closed", !value);
      },
      newest(query) {
        query.orderBy("createdAt", "desc").limit(20);
      },
      byDate(query) {
        query.orderBy("createdAt");
      },
    };
  }
}

module.exports = Order;
