import * as express from "express";
import { BaseEntity, Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity()
class Order extends BaseEntity {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  number: string;

  @Column()
  street: string;

  @Column()
  city: string;

  @Column()
  state: string;

  @Column("json")
  payload: object;

  @Column()
  note: string;

  @Column()
  sum: number;
}

const app = express();

app.get("/numbers", async (request, response) => {
  const orders = await Order.find({ take: 50 }); // finding: DB-PERF-003
  response.json(orders.map((order) => ({ number: order.number })));
});

app.get("/slim", async (request, response) => {
  const orders = await Order.find({ select: ["number"], take: 50 }); // ok: one column; mutate: s/select: ["number"], //
  response.json(orders.map((order) => ({ number: order.number })));
});

app.listen(3000);
