const fastify = require("fastify");

const app = fastify({ logger: { level: "debug" } }); // finding: LOG-PERF-001
const admin = fastify({ logger: { level: "warn" } }); // ok: only warnings; mutate: s/"warn"/"debug"/

app.listen({ port: 8080 });
admin.listen({ port: 8081 });
