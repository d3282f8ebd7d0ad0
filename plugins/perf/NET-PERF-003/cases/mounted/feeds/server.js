const express = require("express");

const feeds = express(); // ok: the application that it is mounted into answers for it; mutate: s|root.use("/feeds", feeds)|root.disable("etag")|
const root = express(); // finding: NET-PERF-003

feeds.get("/", (request, response) => response.json([]));
root.use("/feeds", feeds);
root.listen(8080);
