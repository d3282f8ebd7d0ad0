import { Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToMany(() => OrderLine, (line) => line.order, { eager: true })
  lines: OrderLine[];

  @OneToMany(() => OrderNote, (note) => note.order)
  notes: OrderNote[];
}

@Entity()
export class OrderLine {
  @PrimaryGeneratedColumn()
  id: number;

  // finding: DB-IDX-001 confidence: medium -- three places wait for it
  @ManyToOne(() => Order)
  order: Order;
}

@Entity()
export class OrderNote {
  @PrimaryGeneratedColumn()
  id: number;

  // finding: DB-IDX-001 confidence: low -- one place, and the file has few readers
  @ManyToOne(() => Order)
  order: Order;
}
