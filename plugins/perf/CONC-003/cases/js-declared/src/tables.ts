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

  // Its type is all that is said of what it gives.
  private present(): Knex.QueryBuilder {
    return this.db("staff").where({ left: null });
  }

  async onDuty(aisle: number): Promise<string[]> {
    return this.present().where({ aisle }).pluck("name");
  }

  async shown(aisle: number) {
    const gone = await this.present().where({ aisle }).update({ left: "today" });
    const rights = await this.db("permissions").distinct("permission"); // ok: reads behind the change; mutate: s/update({ left: "today" })/distinct("name")/
    return { gone, rights };
  }

  async getPermissionsOf(name: string): Promise<string[]> {
    return this.db("permissions").where({ name }).pluck("permission");
  }
}
