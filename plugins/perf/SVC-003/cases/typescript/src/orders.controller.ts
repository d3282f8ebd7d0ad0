import { Controller, HttpException, HttpStatus, Post } from "@nestjs/common";

@Controller("orders")
export class Orders {
  @Post()
  create() {
    throw new HttpException("slow down", HttpStatus.TOO_MANY_REQUESTS); // finding: SVC-003
  }
}
