const https = require("https");

const server = https.createServer({});
const resumed = {}; // finding: MEM-004 confidence: medium
const open = {}; // ok: removed when it ends; mutate: s|delete open[session.id]|session.end()|

server.on("newSession", (id, data, done) => {
  resumed[id.toString("hex")] = data;
  done();
});
server.on("resumeSession", (id, done) => done(null, resumed[id.toString("hex")]));

server.on("session", (session) => {
  open[session.id] = session;
  session.on("close", () => {
    delete open[session.id];
  });
});

server.listen(8443);
