const { Model } = require("sequelize");

module.exports = (sequelize, DataTypes) => {
  class Visit extends Model {}
  Visit.init({ place: DataTypes.STRING }, { sequelize, modelName: "Visit" });
  return Visit;
};
