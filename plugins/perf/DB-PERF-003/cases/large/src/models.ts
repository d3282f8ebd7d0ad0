import { Column, DataType, Model, Table } from "sequelize-typescript";

@Table({ tableName: "letters" })
export class Letter extends Model<Letter> {
  @Column(DataType.STRING)
  recipient!: string;

  @Column({ type: DataType.STRING })
  sender!: string;

  @Column({ type: DataType.STRING })
  state!: string;

  @Column({ type: DataType.DATE })
  sentAt!: Date;

  @Column({ type: DataType.JSONB, allowNull: false })
  params!: Record<string, string>;
}

@Table({ tableName: "blocked" })
export class Blocked extends Model<Blocked> {
  @Column({ type: DataType.STRING, primaryKey: true })
  recipient!: string;
}
