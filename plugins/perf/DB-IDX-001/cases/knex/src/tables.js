exports.TABLES = { orders: "orders" };
