import { ModelStatic } from "sequelize";
import { User } from "./models";
import { acquireLease } from "./leases";

export async function repair(ids: number[], users: ModelStatic<User>) {
  await Promise.all(
    ids.map(async (id) => {
      await acquireLease(id);
      await users.findByPk(id); // finding: DB-PERF-001 confidence: low
    }),
  );
}
