import express from "express";
import mongoose from "mongoose";
import { Model } from "objection";
import { Column, DataSource, Entity, ManyToOne, PrimaryGeneratedColumn } from "typeorm";

@Entity()
class Team {
  @PrimaryGeneratedColumn()
  id: number;
}

@Entity()
class Runner {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  number: number;

  @Column({ type: "text" })
  image: string;

  @ManyToOne(() => Team)
  team: Team;
}

class Boat extends Model {}

const source = new DataSource({ type: "postgres", entities: [Runner, Team] });
const runners = source.getRepository(Runner);
const Garden = mongoose.model("Garden", new mongoose.Schema({ name: String, owner: { type: mongoose.Schema.Types.ObjectId, ref: "Person" } }));
const app = express();

app.get("/runner", async (request, response) => {
  const runner = await runners.findOne({ where: { id: request.query.id }, relations: ["team"] }); // finding: DB-PERF-003 confidence: medium
  response.json({ number: runner.number });
});

app.get("/number", async (request, response) => {
  const runner = await runners.findOneBy({ id: request.query.id }); // ok: an address is short; mutate: s/image: string/bodyHtml: string/
  response.json({ number: runner.number });
});

app.get("/team", async (request, response) => {
  const runner = await runners.findOne({ where: { id: request.query.id }, relations: { team: true } }); // ok: read; mutate: s/runner.team.id/runner.number/
  response.json({ team: runner.team.id });
});

app.get("/garden", async (request, response) => {
  const garden = await Garden.findOne({ _id: request.query.id }).populate("owner"); // finding: DB-PERF-003 confidence: medium
  response.json({ name: garden.name });
});

app.get("/owner", async (request, response) => {
  const garden = await Garden.findOne({ _id: request.query.id }).populate("owner"); // ok: read; mutate: s/{ name: garden.name, owner: garden.owner.name }/{ name: garden.name }/
  response.json({ name: garden.name, owner: garden.owner.name });
});

app.get("/boat", async (request, response) => {
  const boat = await Boat.query().findOne({ id: request.query.id }).withGraphFetched("[crew, harbour.city]"); // finding: DB-PERF-003 confidence: medium -- the crew
  response.json({ city: boat.harbour.city.name });
});
