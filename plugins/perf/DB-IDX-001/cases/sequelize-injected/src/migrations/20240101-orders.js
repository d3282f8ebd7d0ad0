module.exports = {
  async up(queryInterface) {
    await queryInterface.addIndex("orders", ["shop_id"], { name: "orders_shop" });
  },
};
