import { Controller, Get } from "@nestjs/common";
import { HealthCheck, HealthCheckService, TypeOrmHealthIndicator } from "@nestjs/terminus";

import { Orders } from "./orders";

@Controller("health")
export class HealthController {
  constructor(private health: HealthCheckService, private database: TypeOrmHealthIndicator, private orders: Orders) {}

  @Get()
  @HealthCheck()
  check() {
    return this.health.check([() => this.database.pingCheck("database")]); // finding: CR-002
  }

  @Get("live")
  async live() {
    return this.orders.newest(); // finding: CR-002
  }

  @Get("ready")
  async ready() {
    return this.orders.newest(); // ok: readiness asks on purpose; mutate: s/"ready"/"health"/ s/async ready/async up/
  }
}
