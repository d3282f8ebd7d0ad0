import { Order } from "./order";

const newest = async () => {
  return Order.find().sort({ _id: -1 }).limit(20);
};

// finding: API-001
const everything = async () => {
  return Order.find().sort({ _id: -1 });
};

export const resolvers = {
  Query: {
    // finding: API-001
    orders: async (_parent, _args, _context) => {
      return Order.find();
    },
    // ok: a page; mutate: s/.limit(args.first)//
    page: async (_parent, args) => {
      return Order.find().limit(args.first);
    },
    newest,
    all: everything,
  },
  Mutation: {
    // ok: a change
    closeAll: async () => {
      return Order.find();
    },
  },
  Shop: {
    // finding: API-001 confidence: low -- what belongs to one shop
    orders: async (shop) => {
      return Order.find({ shop: shop.id });
    },
  },
};
