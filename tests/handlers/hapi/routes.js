module.exports = [{ method: "GET", path: "/d", handler: (request, h) => { probe(); } }];
