import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Notification {
  // finding: DB-TYPE-001 confidence: medium
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  userId: number;

  @CreateDateColumn()
  createdAt: Date;
}

@Entity()
export class Delivery {
  // ok: no number; mutate: s/PrimaryGeneratedColumn("uuid")/PrimaryGeneratedColumn()/
  @PrimaryGeneratedColumn("uuid")
  id: string;

  @CreateDateColumn()
  createdAt: Date;
}

@Entity()
export class PageVisit {
  // finding: DB-TYPE-001 confidence: medium
  @PrimaryGeneratedColumn()
  id: number;

  @CreateDateColumn()
  createdAt: Date;
}

@Entity()
export class ModerationEvent {
  // finding: DB-TYPE-001 confidence: low
  @PrimaryGeneratedColumn()
  id: number;

  @CreateDateColumn()
  createdAt: Date;
}
