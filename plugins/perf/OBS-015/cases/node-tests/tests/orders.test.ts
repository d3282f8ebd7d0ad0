let queryCount = 0;
pool.on("query", () => (queryCount += 1));
