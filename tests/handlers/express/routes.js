const router = require("express").Router();
const handlers = require("./handlers");
const wrap = require("wrap-errors");

const routes = [
  { method: "get", path: "/1", handler: one },
  { method: "post", path: "/2", handler: handlers.two },
];
function one(req, res) { probe(); }
for (const r of routes) { router[r.method](r.path, r.handler); }

function register(method, path, handler) { router[method](path, handler); }
register("get", "/3", async (req, res) => { probe(); });

const wrapped = wrap(three);
async function three(req, res) { probe(); }
router.get("/4", wrapped).post("/5", handlers.four);

module.exports = router;
