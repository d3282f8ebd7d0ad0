import { ApolloServer } from "@apollo/server";

import { resolvers } from "./resolvers";
import { Order } from "./order";

const Query = {
  // finding: API-001
  async buyers(_parent, _args) {
    return await Order.find().populate("buyer");
  },
};

new ApolloServer({ typeDefs: "", resolvers: [resolvers, { Query }] });
