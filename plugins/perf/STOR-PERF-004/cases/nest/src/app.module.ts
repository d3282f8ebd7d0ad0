import { join } from "node:path";

import { Module } from "@nestjs/common";
import { ServeStaticModule } from "@nestjs/serve-static";

@Module({
  imports: [
    // finding: STOR-PERF-004 confidence: high
    ServeStaticModule.forRoot({ rootPath: join(__dirname, "client") }),
    // ok: browsers keep them; mutate: s|maxAge: 31536000000|index: false|
    ServeStaticModule.forRoot({ rootPath: join(__dirname, "assets"), serveStaticOptions: { maxAge: 31536000000 } }),
    ServeStaticModule.forRootAsync({ useFactory: () => [] }), // ok: not seen
  ],
})
export class AppModule {}
