import { Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Buyer {
  @PrimaryGeneratedColumn()
  id: number;
}
