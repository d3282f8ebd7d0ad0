import { BelongsTo, Column, ForeignKey, HasMany, Model, PrimaryKey, Table } from "sequelize-typescript";

@Table({ tableName: "customers" })
export class Customer extends Model {
  @HasMany(() => Invoice)
  invoices!: Invoice[];
}

@Table({ tableName: "orders" })
export class Order extends Model {
  @ForeignKey(() => Customer) // finding: DB-IDX-001
  customerId!: number;

  @BelongsTo(() => Customer)
  customer!: Customer;

  // ok: a migration makes the index
  @ForeignKey(() => Customer)
  shopId!: number;
}

@Table({ tableName: "invoices" })
export class Invoice extends Model {
  @ForeignKey(() => Customer) // finding: DB-IDX-001
  customerId!: number;
}

@Table({ tableName: "order_views" })
export class OrderView extends Model {
  @ForeignKey(() => Order) // ok: the primary key begins with it
  @PrimaryKey
  @Column
  orderId!: number;

  @ForeignKey(() => Customer) // finding: DB-IDX-001
  @PrimaryKey
  @Column
  customerId!: number;
}
