import type { Knex } from "knex";

export class Journal {
  constructor(private readonly db: Knex) {}

  async add(line: string) {
    await this.addAll([line]);
  }

  async addAll(lines: string[]) {
    await this.write(lines);
  }

  async write(lines: string[]) {
    await this.send(lines);
  }

  async send(lines: string[]) {
    await this.db("journal").insert({ lines: lines.join() });
  }
}
