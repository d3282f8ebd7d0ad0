import type { Knex } from "knex";
import type { Shelf, ShelfStore, StaffStore } from "./shelves";

export class ShelfTable implements ShelfStore {
  constructor(private readonly db: Knex) {}

  async ofAisle(aisle: number): Promise<Shelf[]> {
    return this.db("shelves").where({ aisle });
  }

  async countOf(aisle: number): Promise<number> {
    const row = await this.db("shelves").where({ aisle }).count("id as all").first();
    return Number(row.all);
  }

  async tidy(aisle: number): Promise<number> {
    return this.db("shelves").where({ aisle }).update({ tidy: true });
  }
}

export class StaffTable implements StaffStore {
  constructor(private readonly db: Knex) {}

  async onDuty(aisle: number): Promise<string[]> {
    return this.db("staff").where({ aisle }).pluck("name");
  }

  async getPermissionsOf(name: string): Promise<string[]> {
    return this.db("permissions").where({ name }).pluck("permission");
  }
}
