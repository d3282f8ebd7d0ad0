import { Controller, Get, Injectable, Param, Query } from "@nestjs/common";
import { Prisma, PrismaClient } from "@prisma/client";

@Injectable()
export class OrdersService {
  constructor(private readonly prisma: PrismaClient) {}

  private async orders(params: { take?: number; where?: Prisma.OrderWhereInput }) {
    const { take, where } = params;
    return this.prisma.order.findMany({ take, where }); // finding: DB-PERF-011
  }

  async sum(customer: string, take?: number) {
    const orders = await this.orders({ take, where: { customer } });
    return orders.reduce((all, order) => all + order.total, 0);
  }

  async sumOfAll({ take = Number.MAX_SAFE_INTEGER }: { take?: number }) {
    const orders = await this.orders({ take });
    return orders.reduce((all, order) => all + order.total, 0);
  }

  // Nobody bounds it, so the parameter says nothing; each asks for what one customer has.
  private async parcels({ take, where }: { take?: number; where?: Prisma.ParcelWhereInput }) {
    return this.prisma.parcel.findMany({ take, where }); // ok: of one customer each time; mutate: s/where: { customer: name }/skip: 0/
  }

  async weight(name: string) {
    const parcels = await this.parcels({ where: { customer: name } });
    return parcels.reduce((all, parcel) => all + parcel.weight, 0);
  }

  private async articles({ take }: { take: number }) {
    return this.prisma.article.findMany({ take }); // ok: who asks bounds it; mutate: s/articles({ take: 50 })/articles({ take: Infinity })/
  }

  async names() {
    const articles = await this.articles({ take: 50 });
    return articles.map((article) => article.name).join();
  }
}

@Controller("orders")
export class OrdersController {
  constructor(private readonly service: OrdersService) {}

  @Get("sum")
  async sumOfAll(@Query("take") take?: number) {
    return this.service.sumOfAll({ take });
  }

  @Get("sum/:customer")
  async sum(@Param("customer") customer: string, @Query("take") take?: number) {
    return this.service.sum(customer, take);
  }

  @Get("weight/:customer")
  async weight(@Param("customer") customer: string) {
    return this.service.weight(customer);
  }

  @Get("names")
  async names() {
    return this.service.names();
  }
}
