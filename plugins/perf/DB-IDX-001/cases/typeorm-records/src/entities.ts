import { BaseEntity, Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Shop extends BaseEntity {
  @PrimaryGeneratedColumn()
  id: number;
}

@Entity()
@Index(["name", "shop"], { unique: true })
export class Order extends BaseEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;

  // finding: DB-IDX-001 confidence: medium
  @ManyToOne(() => Shop)
  shop: Shop;

  // ok: joined, and nothing goes by it; mutate: src/app.ts s/sender.name IN/sender.id IN/
  @ManyToOne(() => Shop)
  sender: Shop;
}
