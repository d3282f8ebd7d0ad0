import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module";

async function bootstrap() {
  const app = await NestFactory.create(AppModule); // finding: NET-PERF-003
  await app.listen(3000);
}
bootstrap();
