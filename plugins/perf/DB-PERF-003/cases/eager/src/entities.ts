import { Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  barcode: string;

  @Column()
  state: string;

  @OneToMany(() => Line, (line) => line.order, { eager: true })
  lines: Line[];
}

@Entity()
export class Line {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: "text" })
  message: string;

  @ManyToOne(() => Order)
  order: Order;
}
