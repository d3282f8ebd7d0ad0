import { Column, Model, Table } from "sequelize-typescript";

@Table({ tableName: "users" })
export class User extends Model {
  @Column
  email!: string;
}

@Table({ tableName: "orders" })
export class Order extends Model {
  @Column
  userId!: number;
}
