import { ModelCtor, Repository, Sequelize } from "sequelize-typescript";
import { Order, User } from "./models";
import { UserService } from "./users";

export class OrderService {
  private readonly userService: UserService;

  private readonly orders: ModelCtor<Order>;

  constructor(
    userService: UserService,
    orders: ModelCtor<Order>,
    private readonly users: Repository<User>,
    private readonly database: Sequelize,
  ) {
    this.userService = userService;
    this.orders = orders;
  }

  async buyers(orders: Order[]) {
    return Promise.all(orders.map((order) => this.userService.findById(order.userId))); // finding: DB-PERF-001
  }

  async counts(users: User[]) {
    for (const user of users) {
      console.log(await this.orders.count({ where: { userId: user.id } })); // finding: DB-PERF-001
    }
  }

  async named(ids: number[]) {
    const found = [];
    for (const id of ids) {
      found.push(await this.users.findByPk(id)); // finding: DB-PERF-001
    }
    return found;
  }

  async sums(ids: number[]) {
    for (const id of ids) {
      console.log(await this.database.query("SELECT sum(total) FROM orders WHERE user_id = ?", { replacements: [id] })); // finding: DB-PERF-001
    }
  }

  async known(orders: Order[]) {
    const users = await this.userService.findAllById(orders.map((order) => order.userId)); // ok: one query for all
    return orders.map((order) => this.userService.label(order.userId)).concat(users.map((user) => user.email)); // ok: asks nobody; mutate: s/userService.label/userService.findById/
  }
}
