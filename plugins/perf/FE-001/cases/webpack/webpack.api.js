module.exports = { target: "node", entry: ["moment", "./server.js"] }; // ok: for a server; mutate: s|"node"|"web"|
