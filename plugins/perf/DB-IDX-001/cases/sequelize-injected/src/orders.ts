import { ModelStatic } from "sequelize";
import { Customer, Invoice, Order, OrderView } from "./models";

export class OrderService {
  private readonly repository: ModelStatic<Order>;

  constructor(
    repository: ModelStatic<Order>,
    private readonly views: ModelStatic<OrderView>,
    private readonly customers: ModelStatic<Customer>,
  ) {
    this.repository = repository;
  }

  ofCustomer(customerId: number) {
    return this.repository.findAll({ where: { customer_id: customerId } });
  }

  ofShop(shopId: number) {
    return this.repository.findAll({ where: { shopId } });
  }

  seenBy(customerId: number) {
    return this.views.findAll({ where: { customerId } });
  }

  seen(orderId: number) {
    return this.views.findAll({ where: { orderId } });
  }

  billed(id: number) {
    return this.customers.findOne({ where: { id }, include: [{ model: Invoice }] });
  }
}
