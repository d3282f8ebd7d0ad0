const { DataTypes, Sequelize } = require("sequelize");

const sequelize = new Sequelize(process.env.DATABASE_URL);

const Click = sequelize.define("Click", {
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true }, // finding: DB-TYPE-001 confidence: medium
});

const Transaction = sequelize.define("Transaction", {
  id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true }, // ok: 64 bits; mutate: s/BIGINT/INTEGER/
});

module.exports = { Click, Transaction };
