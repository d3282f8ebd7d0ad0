import express from "express";

import { sockets } from "./sockets";

// ok: an application handed to another one; mutate: s/.use(express.json())/.listen(3001)/
const second = express().get("/orders", (request, response) => response.json([])).use(express.json());

sockets.mount(second);
