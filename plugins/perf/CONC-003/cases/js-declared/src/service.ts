import type { ShelfStore, StaffStore } from "./shelves";

export class AisleService {
  private readonly shelves: ShelfStore;

  private readonly staff: StaffStore;

  constructor(stores: { shelves: ShelfStore; staff: StaffStore }) {
    this.shelves = stores.shelves;
    this.staff = stores.staff;
  }

  async overview(aisle: number) {
    const shelves = await this.shelves.ofAisle(aisle);
    const staff = await this.staff.onDuty(aisle); // finding: CONC-003 confidence: medium
    return { shelves, staff };
  }

  // What somebody may do is told, and turns nobody away.
  async rights(name: string, aisle: number) {
    const rights = await this.staff.getPermissionsOf(name);
    const shelves = await this.shelves.ofAisle(aisle); // finding: CONC-003
    return { rights, shelves };
  }

  async tidied(aisle: number) {
    const changed = await this.shelves.tidy(aisle);
    const shelves = await this.shelves.ofAisle(aisle); // ok: reads what was changed; mutate: s/shelves.tidy(/shelves.countOf(/
    return { changed, shelves };
  }

  async deputy(aisle: number) {
    const staff = await this.staff.onDuty(aisle);
    const rights = await this.staff.getPermissionsOf(staff[0]); // ok: asks for the first of them; mutate: s/staff[0]/"deputy"/
    return { staff, rights };
  }
}
