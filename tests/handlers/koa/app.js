const Koa = require("koa");
const Router = require("@koa/router");
const app = new Koa();
const router = new Router({ prefix: "/a" });
router.get("/a", async (ctx) => { probe(); }).post("/b", async (ctx) => { probe(); });
router.use(async (ctx, next) => { probe(); await next(); });
app.use(router.routes());
app.use(async (ctx) => { probe(); });
