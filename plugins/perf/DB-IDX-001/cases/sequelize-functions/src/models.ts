import { BelongsTo, Column, DataType, ForeignKey, Model, Table } from "sequelize-typescript";

@Table({ tableName: "mailings" })
export class Mailing extends Model {
  @ForeignKey(() => Account) // finding: DB-IDX-001
  accountId!: number;

  @ForeignKey(() => Account) // ok: nothing says that queries go by it; mutate: src/mailings.ts s/{ accountId }/{ ownerId: accountId }/
  ownerId!: number;
}

@Table({ tableName: "accounts", underscored: true })
export class Account extends Model {
  @Column({ type: DataType.STRING }) // finding: DB-IDX-001
  keyHash!: string;

  @Column({ type: DataType.STRING, unique: true }) // ok: unique; mutate: s/, unique: true//
  email!: string;
}

@Table({ tableName: "mail_ops", underscored: true })
export class MailOp extends Model {
  @ForeignKey(() => Mailing) // finding: DB-IDX-001
  mailingId!: number;

  @ForeignKey(() => Account) // ok: only its other way is asked for
  accountId!: number;
}

// finding: DB-IDX-001
@Table({ tableName: "letter_ops", underscored: true })
export class LetterOp extends MailOp {}
