import { DataSource } from "typeorm";
import { ModerationEvent, Notification } from "./entities";

export async function tell(source: DataSource, users: number[]) {
  for (const userId of users) {
    await source.getRepository(Notification).insert({ userId });
  }
}

export async function moderate(source: DataSource) {
  await source.getRepository(ModerationEvent).insert({});
}
