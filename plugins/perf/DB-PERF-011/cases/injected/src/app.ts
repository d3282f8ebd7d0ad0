import express from "express";
import { Model, ModelStatic } from "sequelize";

class Notification extends Model {}
class AccessToken extends Model {}

class NotificationService {
  constructor(
    private readonly repository: ModelStatic<Notification>,
    private readonly tokenDB: ModelStatic<AccessToken>,
  ) {}

  async count() {
    const rows = await this.repository.findAll({ where: { read: false } }); // finding: DB-PERF-011
    return rows.length;
  }

  async active() {
    const rows = await this.tokenDB.findAll({ where: { isReserved: false } }); // ok: tokens that somebody makes by hand; mutate: s/tokenDB/repository/
    return rows.length;
  }
}

const service = new NotificationService(Notification, AccessToken);
const app = express();

app.get("/count", async (req, res) => {
  res.json({ count: await service.count() });
});

app.get("/active", async (req, res) => {
  res.json({ count: await service.active() });
});
