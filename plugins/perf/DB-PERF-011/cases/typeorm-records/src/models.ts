import { BaseEntity, Column, Entity, OneToMany, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Buyer extends BaseEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;
}

@Entity()
export class Parcel extends BaseEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column("json")
  marks: string[];
}
