export interface Shelf {
  aisle: number;
}

// What services see of the tables.
export interface ShelfStore {
  ofAisle(aisle: number): Promise<Shelf[]>;
  countOf(aisle: number): Promise<number>;
  tidy(aisle: number): Promise<number>;
}

export interface StaffStore {
  onDuty(aisle: number): Promise<string[]>;
  getPermissionsOf(name: string): Promise<string[]>;
}
