const { Sequelize, DataTypes } = require("sequelize");

const sequelize = new Sequelize(process.env.DATABASE_URL);

const Visit = sequelize.define(
  "Visit",
  {
    path: DataTypes.STRING,
    visitorToken: { type: DataTypes.STRING }, // finding: DB-IDX-002 confidence: medium
    sessionKey: { type: DataTypes.STRING }, // ok: has an index; mutate: s/fields: ["sessionKey"]/fields: ["path"]/
    leftAt: { type: DataTypes.DATE }, // finding: DB-IDX-002 confidence: medium
    enteredAt: { type: DataTypes.DATE }, // ok: a migration makes its index; mutate: migrations/1-visits.js s/["enteredAt"]/["path"]/
  },
  { tableName: "visits", indexes: [{ fields: ["sessionKey"] }] },
);

module.exports = { Visit };
