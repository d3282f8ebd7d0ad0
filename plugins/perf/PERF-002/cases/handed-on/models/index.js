const fs = require("fs");
const Sequelize = require("sequelize");

const db = {};
const sequelize = new Sequelize(process.env.DATABASE_URL);
fs.readdirSync(__dirname).forEach((name) => {
  const model = require("./" + name)(sequelize, Sequelize);
  db[model.name] = model;
});
db.sequelize = sequelize;

module.exports = db;
