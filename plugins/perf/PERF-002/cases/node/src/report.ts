import { MongoClient } from "mongodb";

const client = await MongoClient.connect(process.env.MONGO_URL); // finding: PERF-002

export const report = () => [client];
