const Hapi = require("@hapi/hapi");
const server = Hapi.server({});
server.route({ method: "GET", path: "/a", handler: (request, h) => { probe(); } });
server.route([{ method: "GET", path: "/b", handler: b }, { method: "GET", path: "/c", options: { handler: async () => { probe(); } } }]);
function b(request, h) { probe(); }
server.route(require("./routes"));
