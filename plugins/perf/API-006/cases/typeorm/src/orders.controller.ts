import { Controller, Get, Query } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { getRepository, Repository } from "typeorm";

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

  @Get("built")
  async built(@Query("skip") skip: number, @Query("state") state: string) {
    const query = getRepository(Order).createQueryBuilder("o").where("1 = 1");
    if (state) {
      query.andWhere("o.state = :state", { state });
    }
    query.orderBy("o.id").take(20).skip(skip); // finding: API-006 confidence: medium
    return query.getMany();
  }
}
