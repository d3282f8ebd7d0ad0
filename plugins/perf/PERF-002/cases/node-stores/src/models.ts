import { Sequelize } from "sequelize";

export const sequelize = new Sequelize(process.env.DATABASE_URL);

export default async () => {
  await sequelize.sync(); // finding: PERF-002
};
