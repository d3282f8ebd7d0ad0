const fs = require("fs");
const Hapi = require("@hapi/hapi");
const restify = require("restify");
const passport = require("passport");
const { Strategy: LocalStrategy } = require("passport-local");
const { Server } = require("socket.io");
const { WebSocketServer } = require("ws");
const { initTRPC } = require("@trpc/server");
const { Kafka } = require("kafkajs");

const hapi = Hapi.server({ port: 3000 });
hapi.route({ method: "GET", path: "/report", handler: () => fs.readFileSync("/srv/report.txt", "utf8") }); // finding: CONC-001

const rest = restify.createServer();
rest.get("/report", (req, res) => {
  res.send(fs.readFileSync("/srv/report.txt", "utf8")); // finding: CONC-001
});

passport.deserializeUser((id, done) => {
  done(null, JSON.parse(fs.readFileSync(`/srv/users/${id}.json`, "utf8"))); // finding: CONC-001
});
passport.use(
  new LocalStrategy((name, password, done) => {
    done(null, JSON.parse(fs.readFileSync(`/srv/users/${name}.json`, "utf8"))); // finding: CONC-001
  })
);

const io = new Server(3001);
io.on("connection", (socket) => {
  socket.on("report", (answer) => {
    answer(fs.readFileSync("/srv/report.txt", "utf8")); // finding: CONC-001
  });
});

const wss = new WebSocketServer({ port: 3002 });
wss.on("connection", (client) => {
  client.on("message", () => {
    client.send(fs.readFileSync("/srv/report.txt", "utf8")); // finding: CONC-001
  });
});

const t = initTRPC.context().create();
const routes = t.router({
  report: t.procedure.input(String).query(() => fs.readFileSync("/srv/report.txt", "utf8")), // finding: CONC-001
});

const settings = fs.readFileSync("/srv/settings.json", "utf8"); // ok: read once, before anybody asks

module.exports = { rest, routes, settings };
