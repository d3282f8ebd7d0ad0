import { Column, CreateDateColumn, Entity, Index, ManyToOne, PrimaryGeneratedColumn } from "typeorm";
import { Customer } from "./customer.entity";

@Entity("payments")
@Index(["settledAt", "state"])
export class Payment {
  @PrimaryGeneratedColumn("uuid")
  id: string;

  @ManyToOne(() => Customer)
  @Index()
  customer: Customer;

  @Column()
  state: string;

  // finding: DB-IDX-002 confidence: medium
  @CreateDateColumn()
  createdAt: Date;

  // finding: DB-IDX-002 confidence: medium
  @Column()
  externalReference: string;

  // ok: has an index; mutate: s/@Index() @Column() orderNumber/@Column() orderNumber/
  @Index() @Column() orderNumber: string;

  // ok: first of the index of two; mutate: s/["settledAt", "state"]/["state", "settledAt"]/
  @Column()
  settledAt: Date;
}
