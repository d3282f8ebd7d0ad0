import Fastify from "fastify";

import { sockets } from "./sockets";

// ok: an application handed to another one; mutate: s/.withTypeProvider()/.listen({ port: 3003 })/
const typed = Fastify().withTypeProvider();

typed.get("/orders", async () => []);
sockets.mount(typed);
