import axios from "axios";
import express from "express";
import { Column, DataSource, Entity, PrimaryGeneratedColumn, Repository } from "typeorm";

@Entity()
export class Address {
  @PrimaryGeneratedColumn() id: number;
  @Column() url: string;
}

const source = new DataSource({ type: "postgres", entities: [Address] });
const app = express();

async function deliver(address: Address, addresses: Repository<Address>) {
  try {
    await axios.post(address.url, {});
  } catch (fault) {
    await addresses.remove(address);
  }
}

app.post("/letters", async (request, response) => {
  const addresses = source.getRepository(Address);
  const all = await addresses.find({ where: { url: request.body.url } });
  for (const address of all) {
    await deliver(address, addresses); // finding: DB-PERF-001 confidence: low -- only what cannot be delivered is removed
  }
  for (const address of all) {
    try {
      await fetch(address.url);
    } catch (fault) {
      await addresses.remove(address); // finding: DB-PERF-001 confidence: low -- the same in the loop itself
    }
  }
  for (const address of all) {
    try {
      await addresses.remove(address); // finding: DB-PERF-001 confidence: high
    } catch (fault) {
      response.status(409);
    }
  }
  response.json(all);
});
