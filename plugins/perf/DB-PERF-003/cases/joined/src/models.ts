import { BelongsTo, Column, DataType, ForeignKey, Model, Table } from "sequelize-typescript";

@Table({ tableName: "harbours" })
export class Harbour extends Model<Harbour> {
  @Column(DataType.STRING)
  city!: string;
}

@Table({ tableName: "carriers" })
export class Carrier extends Model<Carrier> {
  @Column(DataType.STRING)
  label!: string;
}

@Table({ tableName: "shipments" })
export class Shipment extends Model<Shipment> {
  @ForeignKey(() => Harbour)
  @Column(DataType.BIGINT)
  harbourId!: number;

  @BelongsTo(() => Harbour)
  origin: Harbour;

  @ForeignKey(() => Carrier)
  @Column(DataType.BIGINT)
  carrierId!: number;

  @BelongsTo(() => Carrier)
  carrier: Carrier;

  @Column(DataType.STRING)
  state!: string;
}
