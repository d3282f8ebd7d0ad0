import { Controller, Get, Post, Injectable } from "@nestjs/common";
@Injectable()
export class Service { find() { probe(); } }
@Controller("a")
export class A {
  constructor(private readonly service: Service) {}
  @Get()
  all() { probe(); return this.service.find(); }
  @Post(":id")
  async one() { probe(); }
}
