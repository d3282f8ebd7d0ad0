import middy from "@middy/core";
const list = async (event) => { probe(); };
export const handler = middy(list).use(json()).use(cors());
