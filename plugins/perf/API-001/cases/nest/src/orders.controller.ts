import { Controller, Get, Query } from "@nestjs/common";

import { OrdersService } from "./orders.service";

@Controller("orders")
export class OrdersController {
  constructor(private readonly service: OrdersService) {}

  @Get()
  findAll() { // finding: API-001
    return this.service.findAll();
  }

  @Get("page")
  findPage(@Query("page") page: number) { // ok: bounded by an option; mutate: src/orders.service.ts s/{ skip: page * 20, take: 20 }//
    return this.service.findPage(page);
  }

  @Get("newest")
  newest() { // ok: bounded in the chain; mutate: src/orders.service.ts s/.limit(20)//
    return this.service.newest();
  }

  @Get("reload")
  async reload() { // ok: nothing answers with it; mutate: src/orders.service.ts s/this.known = await/return await/
    return this.service.reload();
  }
}
