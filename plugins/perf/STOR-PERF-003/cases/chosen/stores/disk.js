const fs = require("fs");

exports.keep = function (path, done) {
  fs.rename(path, "/srv/films/" + path, done);
};
