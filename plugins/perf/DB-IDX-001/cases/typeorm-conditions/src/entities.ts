import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity("customers")
export class Customer {
  @PrimaryGeneratedColumn()
  id: number;

  @Column() // finding: DB-IDX-001 confidence: medium
  email: string;

  // ok: unique; mutate: s/@Column({ unique: true }) token/@Column() token/
  @Column({ unique: true }) token: string;

  // ok: only one of the options of a find; mutate: src/shop.ts s/select: ["slug"]/slug: request.params.name/
  @Column() slug: string;
}

@Entity("watches")
export class Watch {
  @PrimaryGeneratedColumn()
  id: number;

  // finding: DB-IDX-001 confidence: medium
  @Column() watcherId: number;
}
