import { CacheModule } from "@nestjs/cache-manager";
import { Controller, Get, Module } from "@nestjs/common";

@Controller("orders")
export class OrderController {
  @Get()
  list() {
    return [];
  }
}

@Module({
  imports: [CacheModule.register({ isGlobal: true, ttl: 60000 })], // finding: CACHE-005 confidence: medium
  controllers: [OrderController],
})
export class AppModule {}
