import { Controller, Get, Param, Query } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { MoreThan, Repository } from "typeorm";
import { Payment } from "./payment.entity";

@Controller("payments")
export class PaymentsController {
  constructor(@InjectRepository(Payment) private readonly payments: Repository<Payment>) {}

  @Get()
  async list(@Query("page") page: number) {
    return this.payments.find({ order: { createdAt: "DESC" }, take: 20, skip: page * 20 });
  }

  @Get("reference/:reference")
  async byReference(@Param("reference") reference: string) {
    return this.payments.findOne({ where: { externalReference: reference } });
  }

  @Get("order/:number")
  async byOrder(@Param("number") number: string) {
    return this.payments.findOneBy({ orderNumber: number });
  }

  @Get("settled")
  async settled(@Query("since") since: string) {
    return this.payments.find({ where: { settledAt: MoreThan(new Date(since)) } });
  }
}
