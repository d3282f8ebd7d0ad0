import { DataTypes, Sequelize } from "sequelize";

export const sequelize = new Sequelize({ dialect: "postgres" });

export const User = sequelize.define("user", { name: DataTypes.STRING });
export const Link = sequelize.define("link", { code: { type: DataTypes.STRING, primaryKey: true }, target: DataTypes.STRING });
export const LinkHistory = sequelize.define("link_history", { target: DataTypes.STRING });
export const Note = sequelize.define("note", { text: DataTypes.STRING });
export const Job = sequelize.define("job", { uuid: DataTypes.UUID }, { indexes: [{ fields: ["userId"] }] });
export const Visit = sequelize.define("visit", {
  // finding: DB-IDX-001
  visitorId: { type: DataTypes.INTEGER },
});

// ok: the model declares the index; mutate: s/, { indexes: [{ fields: ["userId"] }] }//
User.hasMany(Job, { foreignKey: { allowNull: false } });
Job.belongsTo(User, { foreignKey: { allowNull: false } });

LinkHistory.belongsTo(Link, { foreignKey: { allowNull: false } }); // finding: DB-IDX-001
LinkHistory.belongsTo(User, { as: "editor" }); // ok: nothing asks by it
Visit.belongsTo(User, { foreignKey: "visitorId" });

Link.hasMany(Note); // finding: DB-IDX-001
