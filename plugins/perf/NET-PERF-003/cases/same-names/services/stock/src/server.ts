import express from "express";

import { sockets } from "./sockets";

// What `listen` gives is a server of Node, which answers for itself wherever it is handed on, and has no `use`.
const server = express().get("/orders", (request, response) => response.json([])).listen(3000); // finding: NET-PERF-003

sockets.mount(server);
