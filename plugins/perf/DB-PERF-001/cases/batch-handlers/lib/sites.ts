import { PrismaClient } from "@prisma/client";

export const prisma = new PrismaClient();

const readSite = (id: string) => prisma.site.findUnique({ where: { id } });
const fetchSite = (id: string) => readSite(id);
const knownSite = (id: string) => fetchSite(id);
export const siteOf = (id: string) => knownSite(id);
