import { PrismaClient } from "@prisma/client";

export const prisma = new PrismaClient({ log: [{ emit: "event", level: "query" }] });
prisma.$on("query", (event) => times.observe(event.duration));
