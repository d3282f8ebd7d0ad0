import Ajv from "ajv";
import Fastify from "fastify";

const app = Fastify();
const schema = { type: "object", required: ["sku"] };

function isOrder(body: unknown): boolean {
  const ajv = new Ajv({ allErrors: true }); // finding: JSON-003
  return ajv.compile(schema)(body) as boolean;
}

app.post("/orders", async (request) => ({ ok: isOrder(request.body) }));
