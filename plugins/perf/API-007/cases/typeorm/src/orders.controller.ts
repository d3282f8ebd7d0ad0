import { Controller, Get, Query } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";

import { Order } from "./order.entity";

@Controller("orders")
export class OrdersController {
  constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}

  @Get()
  async list(@Query("skip") skip: number) {
    const [items, total] = await this.orders.createQueryBuilder("o").orderBy("o.id").skip(skip).take(20).getManyAndCount(); // finding: API-007 confidence: medium
    return { items, total };
  }

  @Get("of")
  async of(@Query("owner") owner: string, @Query("skip") skip: number) {
    const [items, total] = await this.orders.findAndCount({ where: { owner }, skip, take: 20 }); // finding: API-007 confidence: low
    return { items, total };
  }

  @Get("all")
  async all() {
    const [items, total] = await this.orders.findAndCount({ where: { state: "open" } }); // ok: no page, its rows are counted as they come
    return { items, total };
  }
}
