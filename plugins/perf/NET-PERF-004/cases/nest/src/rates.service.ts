import { HttpService } from "@nestjs/axios";
import { Controller, Get, Injectable } from "@nestjs/common";

@Injectable()
export class RatesService {
  constructor(private readonly http: HttpService) {}

  all() {
    return this.http.get("https://rates.example"); // ok: the module sets a limit; mutate: src/rates.module.ts s/{ timeout: 5000 }/{}/
  }

  newest() {
    return this.http.axiosRef.get("https://rates.example/newest"); // ok: the module's limit is that of its instance; mutate: src/rates.module.ts s/{ timeout: 5000 }/{}/
  }

  async raw() {
    return fetch("https://rates.example"); // finding: NET-PERF-004
  }
}

@Controller("rates")
export class RatesController {
  constructor(private readonly rates: RatesService) {}

  @Get()
  async list() {
    return [this.rates.all(), await this.rates.newest(), await this.rates.raw()];
  }
}
