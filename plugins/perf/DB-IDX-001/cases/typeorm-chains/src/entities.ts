import { Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Customer {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ unique: true })
  email: string;
}

@Entity()
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  // finding: DB-IDX-001 confidence: medium
  @ManyToOne(() => Customer)
  customer: Customer;

  // ok: joined, and nothing goes by it; mutate: src/orders.ts s/packer.email = :email/packer.id = :email/
  @ManyToOne(() => Customer)
  packer: Customer;

  @OneToMany(() => OrderLine, (line) => line.order)
  lines: OrderLine[];
}

@Entity()
export class OrderLine {
  @PrimaryGeneratedColumn()
  id: number;

  // finding: DB-IDX-001 confidence: medium
  @ManyToOne(() => Order)
  order: Order;
}
