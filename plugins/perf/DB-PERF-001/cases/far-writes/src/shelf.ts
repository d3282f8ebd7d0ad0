import type { Knex } from "knex";
import { Journal } from "./journal";

export class Shelf {
  constructor(
    private readonly db: Knex,
    private readonly journal: Journal,
  ) {}

  // What is written is far, what is asked before is not.
  async addBook(title: string) {
    const known = await this.db("books").where({ title }).first();
    await this.journal.add(known ? "again" : title);
  }

  async addNote(title: string) {
    await this.journal.add(title);
  }

  async fill(titles: string[]) {
    for (const title of titles) {
      await this.addBook(title); // finding: DB-PERF-001 confidence: medium
    }
  }

  async describe(titles: string[]) {
    for (const title of titles) {
      await this.addNote(title); // finding: DB-PERF-001 confidence: low
    }
  }
}
