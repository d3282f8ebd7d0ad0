import { Sequelize } from "sequelize";

export const sequelize = new Sequelize({ dialect: "postgres" }); // ok: connects with its first query
