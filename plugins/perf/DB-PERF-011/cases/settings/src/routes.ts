import { Router } from "express";
import { Column, DataSource, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity()
class Shelf {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  position: number;
}

const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, entities: [Shelf] });
const router = Router();

router.get("/settings/shelves", async (_request, response) => {
  const shelves = source.getRepository(Shelf);
  const all = await shelves.find({ order: { position: "ASC" } }); // ok: somebody made each of them by hand; mutate: s#"/settings/shelves"#"/shelves"#
  return response.json(all);
});

export default router;
