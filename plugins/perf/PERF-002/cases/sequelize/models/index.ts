import { sequelize } from "../database";

export default async () => {
  await sequelize.sync(); // finding: PERF-002
};
