import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

export const notes = (userId: number) => prisma.note.findMany({ where: { userId } });
