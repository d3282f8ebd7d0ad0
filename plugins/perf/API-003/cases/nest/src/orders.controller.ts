import { Controller, Get, Query } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";

import { Order } from "./order.entity";

@Controller("orders")
export class OrdersController {
  constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}

  @Get()
  async list(@Query("skip") skip: number, @Query("take") take: number): Promise<Order[]> { // finding: API-003 confidence: medium
    return this.orders.find({ skip, take });
  }

  @Get("pages")
  async pages(@Query("skip") skip: number, @Query("take") take: number): Promise<OrderPage> { // ok: a page of its own type; mutate: s/Promise<OrderPage>/Promise<Order[]>/
    return pageOf(await this.orders.find({ skip, take }));
  }
}
