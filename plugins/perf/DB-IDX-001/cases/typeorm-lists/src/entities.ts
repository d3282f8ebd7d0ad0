import { Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToMany(() => OrderLine, (line) => line.order, { eager: true })
  lines: OrderLine[];

  @OneToMany(() => OrderNote, (note) => note.order)
  notes: OrderNote[];

  @OneToMany(() => OrderScan, (scan) => scan.order)
  scans: OrderScan[];
}

@Entity()
export class OrderLine {
  @PrimaryGeneratedColumn()
  id: number;

  // finding: DB-IDX-001 confidence: medium
  @ManyToOne(() => Order)
  order: Order;
}

@Entity()
export class OrderNote {
  @PrimaryGeneratedColumn()
  id: number;

  // finding: DB-IDX-001 confidence: medium
  @ManyToOne(() => Order)
  order: Order;
}

@Entity()
export class OrderScan {
  @PrimaryGeneratedColumn()
  id: number;

  // ok: no find brings the scans; mutate: s/scan.order)/scan.order, { eager: true })/
  @ManyToOne(() => Order)
  order: Order;
}
