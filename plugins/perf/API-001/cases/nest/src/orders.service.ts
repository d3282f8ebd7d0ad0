import { Injectable } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";

import { Order } from "./order.entity";

@Injectable()
export class OrdersService {
  known: Order[] = [];

  constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}

  findAll() {
    return this.orders.find();
  }

  async findPage(page: number) {
    return await this.orders.find({ skip: page * 20, take: 20 });
  }

  async newest() {
    return this.orders.createQueryBuilder("o").orderBy("o.id", "DESC").limit(20).getMany();
  }

  async reload() {
    this.known = await this.orders.find();
  }
}
