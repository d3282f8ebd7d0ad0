import { Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class User {
  @PrimaryGeneratedColumn()
  id: number;
}

@Entity()
export class Shop {
  @PrimaryGeneratedColumn()
  id: number;
}

// However few roles there are, each user has one in each shop.
@Entity()
@Index(["user", "shop"], { unique: true })
export class Role {
  @PrimaryGeneratedColumn()
  id: number;

  // ok: the index begins with it; mutate: s/["user", "shop"]/["shop", "user"]/
  @ManyToOne(() => User)
  user: User;

  // finding: DB-IDX-001 confidence: medium
  @ManyToOne(() => Shop)
  shop: Shop;
}

@Entity()
export class Shelf {
  @PrimaryGeneratedColumn()
  id: number;

  // finding: DB-IDX-001 confidence: medium -- four places go by it
  @ManyToOne(() => Shop)
  shop: Shop;
}

@Entity()
export class Door {
  @PrimaryGeneratedColumn()
  id: number;

  // finding: DB-IDX-001 confidence: low -- nobody knows how many doors a shop has
  @ManyToOne(() => Shop)
  shop: Shop;
}
