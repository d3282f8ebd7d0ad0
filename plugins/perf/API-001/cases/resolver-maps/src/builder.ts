import SchemaBuilder from "@pothos/core";
import { PrismaClient } from "@prisma/client";
import { extendType } from "nexus";

const prisma = new PrismaClient();
const builder = new SchemaBuilder({});

builder.queryField("customers", (t) =>
  t.field({
    type: ["Customer"],
    // finding: API-001
    resolve: async () => {
      return prisma.customer.findMany();
    },
  }),
);

builder.mutationField("forget", (t) =>
  t.field({
    type: ["Customer"],
    // ok: a change
    resolve: async () => {
      return prisma.customer.findMany();
    },
  }),
);

export const CustomerQuery = extendType({
  type: "Query",
  definition(t) {
    t.list.field("visits", {
      type: "Visit",
      // finding: API-001
      async resolve(_root, _args) {
        return await prisma.visit.findMany();
      },
    });
    t.list.field("recent", {
      type: "Visit",
      // ok: a page; mutate: s/{ take: 20 }//
      async resolve(_root, _args) {
        return await prisma.visit.findMany({ take: 20 });
      },
    });
  },
});
