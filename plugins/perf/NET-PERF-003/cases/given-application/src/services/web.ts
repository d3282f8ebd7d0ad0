import Koa from "koa";
import compress from "koa-compress";

const log = async (_: unknown, next: () => Promise<void>) => next();

export default function init(app: Koa = new Koa()) {
  app.use(log);
  app.use(compress());
  return app;
}
