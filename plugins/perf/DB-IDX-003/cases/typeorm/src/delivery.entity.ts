import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from "typeorm";

@Entity()
@Index(["storeId", "createdAt"])
export class Delivery {
  @PrimaryGeneratedColumn()
  id: number;

  @Index()
  @Column()
  customerId: number;

  @Column()
  storeId: number;

  @CreateDateColumn()
  createdAt: Date;
}
