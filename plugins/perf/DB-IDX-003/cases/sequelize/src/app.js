const express = require("express");
const { DataTypes, Sequelize } = require("sequelize");

const sequelize = new Sequelize(process.env.DATABASE_URL);
const Notification = sequelize.define("Notification", { userId: DataTypes.INTEGER, text: DataTypes.TEXT }, { indexes: [{ fields: ["userId"] }] });
const app = express();

app.get("/notifications/:id", async (request, response) => {
  // finding: DB-IDX-003 confidence: medium
  response.json(await Notification.findAll({ where: { userId: request.params.id }, order: [["createdAt", "DESC"]], limit: 20 }));
});
