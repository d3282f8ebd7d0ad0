import { Controller, Get, Query } from "@nestjs/common";

import { OrdersService } from "./orders.service";

@Controller("orders")
export class OrdersController {
  constructor(private readonly service: OrdersService) {}

  @Get()
  findAll() {
    return this.service.findAll();
  }

  @Get("page")
  findPage(@Query("page") page: number) {
    return this.service.findPage(page);
  }

  @Get("newest")
  newest() {
    return this.service.newest();
  }

  @Get("reload")
  async reload() {
    return this.service.reload();
  }
}
