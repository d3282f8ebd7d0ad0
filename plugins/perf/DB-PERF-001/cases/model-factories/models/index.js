const glob = require("glob");
const path = require("path");
const Sequelize = require("sequelize");

const sequelize = new Sequelize(process.env.DATABASE_URL);
const db = {};
for (const file of glob.sync("*.js", { cwd: __dirname })) {
  if (file !== "index.js") {
    const model = require(path.join(__dirname, file))(sequelize, Sequelize.DataTypes);
    db[model.name] = model;
  }
}
module.exports = db;
