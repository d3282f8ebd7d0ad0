import middy from "@middy/core";
export default (handler) => middy(handler).use([]);
