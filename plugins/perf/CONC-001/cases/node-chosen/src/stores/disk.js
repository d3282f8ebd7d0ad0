const fs = require("fs");

exports.save = function (path, callback) {
  fs.copyFileSync(path, "/pictures/a.png"); // finding: CONC-001
  callback(null, "/pictures/a.png");
};

exports.sweep = function () {
  fs.copyFileSync("/pictures/a.png", "/pictures/b.png"); // ok: nobody asks the chosen module for it; mutate: src/app.js s/store.save(request.body.path, /store.sweep(/
};
