import { ApolloServer } from "@apollo/server";
import mongoose from "mongoose";

const Visit = mongoose.model("Visit", new mongoose.Schema({ customer: String }));
const Customer = mongoose.model("Customer", new mongoose.Schema({ name: String }));

const typeDefs = `
  type Query { customers: [Customer!]! }
  type Customer { visits: Int, first: Visit }
`;

const resolvers = {
  Query: {
    customers: () => Customer.find().limit(20),
  },
  Customer: {
    visits: (customer) => Visit.countDocuments({ customer: customer.id }), // finding: DB-PERF-001
    first: async (customer) => {
      if (customer.first) {
        return customer.first;
      }
      return Visit.findOne({ customer: customer.id }); // ok: may be there already
    },
  },
};

new ApolloServer({ typeDefs, resolvers });
