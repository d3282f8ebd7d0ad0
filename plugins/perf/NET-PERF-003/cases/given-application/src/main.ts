import Koa from "koa";
import services from "./services";

// ok: the services that it is handed to compress; mutate: src/services/web.ts s/import compress from "koa-compress";//
const app = new Koa();

export async function start(name: keyof typeof services) {
  const { default: init } = await services[name]();
  init(app);
  app.listen(3000);
}

start("web");
