import * as express from "express";
import { BaseEntity, Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity()
class Parcel extends BaseEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  state: string;
}

const app = express();

app.post("/parcels", async (request, response) => {
  const ids: number[] = [];
  for (const row of request.body) {
    const id = (await Parcel.createQueryBuilder().insert().values(row).returning("id").execute()).identifiers[0].id; // finding: DB-BATCH-001
    ids.push(id);
  }
  response.json(ids);
});

app.post("/lists", async (request, response) => {
  for (const rows of request.body.lists) {
    await Parcel.createQueryBuilder().insert().values([rows.first, rows.second]).execute(); // ok: several rows each; mutate: s/[rows.first, rows.second]/rows/
  }
  response.end();
});

app.post("/late", async (request, response) => {
  const parcels = await Parcel.find({ where: { state: "sent" }, take: 500 });
  for (const parcel of parcels) {
    parcel.state = "late";
    await parcel.save(); // finding: DB-BATCH-001
  }
  response.end();
});

app.post("/all", async (request, response) => {
  const parcels = await Parcel.find({ where: { state: "sent" }, take: 500 });
  for (const parcel of parcels) {
    parcel.state = "late";
  }
  await Parcel.save(parcels); // ok: all of them at once
  response.end();
});

app.post("/each", async (request, response) => {
  for (const row of request.body) {
    // What comes back is needed for the next step.
    const saved = await Parcel.create({ state: row.state }).save(); // finding: DB-BATCH-001 confidence: low
    if (saved.id > 3) break;
  }
  response.end();
});

app.listen(3000);
