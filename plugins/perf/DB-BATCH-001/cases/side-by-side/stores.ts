import * as express from "express";
import { DataSource, Entity, PrimaryColumn } from "typeorm";

@Entity()
class Stamp {
  @PrimaryColumn()
  id: string;
}

const source = new DataSource({ type: "postgres", entities: [Stamp] });
const stamps = source.getRepository(Stamp);

class StampStore {
  async delete(id: string) {
    await stamps.delete(id);
  }
}

const store = new StampStore();
const app = express();

app.post("/stamps", async (request, response) => {
  // A list that is saved comes back as one.
  const saved = await Promise.all(request.body.map((row) => stamps.save(row))); // finding: DB-BATCH-001
  response.json(saved);
});

app.delete("/stamps", async (request, response) => {
  await Promise.all(request.body.ids.map((id) => store.delete(id))); // finding: DB-BATCH-001
  response.end();
});

app.listen(3000);
