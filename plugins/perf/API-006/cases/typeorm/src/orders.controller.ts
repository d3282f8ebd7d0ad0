import { Controller, Get, Query } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";

import { Order } from "./order.entity";

@Controller("orders")
export class OrdersController {
  constructor(@InjectRepository(Order) private readonly orderRepository: Repository<Order>) {}

  @Get()
  async list(@Query("skip") skip: number) {
    return this.orderRepository.find({ order: { id: "ASC" }, skip, take: 20 }); // finding: API-006 confidence: medium
  }

  @Get("of")
  async of(@Query("owner") owner: string, @Query("skip") skip: number) {
    return this.orderRepository.find({ where: { owner }, skip, take: 20 }); // finding: API-006 confidence: low
  }
}
