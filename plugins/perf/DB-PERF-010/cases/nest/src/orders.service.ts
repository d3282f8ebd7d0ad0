import { Injectable } from "@nestjs/common";
import { InjectModel } from "@nestjs/mongoose";
import { Model } from "mongoose";

import { Order, OrderDocument } from "./order.schema";

@Injectable()
export class OrdersService {
  constructor(@InjectModel(Order.name) private readonly orders: Model<OrderDocument>) {}

  ofUser(user: string) {
    return this.orders.find({ user }).exec(); // finding: DB-PERF-010
  }

  ofShop(shop: string) {
    return this.orders.find({ shop }).sort({ createdAt: -1 }); // ok: declared behind the class; mutate: src/order.schema.ts s/{ shop: 1, createdAt: -1 }/{ createdAt: -1 }/
  }

  one(number: string) {
    return this.orders.findOne({ number }); // ok: unique; mutate: src/order.schema.ts s/, unique: true//
  }

  paid() {
    return this.orders.find({ paid: true }); // finding: DB-PERF-010 confidence: low
  }
}
