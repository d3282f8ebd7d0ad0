const { DataTypes, Model, Sequelize } = require("sequelize");

const sequelize = new Sequelize(process.env.DATABASE_URL);

class Invoice extends Model {}
Invoice.init(
  {
    customerId: { type: DataTypes.INTEGER, references: { model: "customers" } }, // finding: DB-IDX-001 confidence: medium
    orderId: { type: DataTypes.INTEGER, references: { model: "orders" } }, // ok: first of an index; mutate: s/fields: ["orderId", "paidAt"]/fields: ["paidAt", "orderId"]/
    paidAt: DataTypes.DATE,
  },
  { sequelize, tableName: "invoices", indexes: [{ fields: ["orderId", "paidAt"] }] },
);

module.exports = { Invoice };
