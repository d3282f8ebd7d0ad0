import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from "typeorm";
import { Customer } from "./customer.entity";

@Entity()
@Index(["packer", "state"])
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  state: string;

  // finding: DB-IDX-001 confidence: medium
  @ManyToOne(() => Customer)
  customer: Customer;

  // ok: has an index; mutate: s/@Index() @ManyToOne(() => Customer) seller/@ManyToOne(() => Customer) seller/
  @Index() @ManyToOne(() => Customer) seller: Customer;

  // ok: first of the index of two; mutate: s/["packer", "state"]/["state", "packer"]/
  @ManyToOne(() => Customer)
  @JoinColumn({ name: "packer_id" })
  packer: Customer;
}
