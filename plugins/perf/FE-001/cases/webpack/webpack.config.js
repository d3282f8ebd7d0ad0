const path = require("path");

module.exports = {
  entry: {
    note: [
      "core-js/stable",
      "expose-loader?moment!moment", // finding: FE-001 confidence: medium
      "script-loader!vega", // finding: FE-001 confidence: medium
      "script-loader!abcjs",
      path.join(__dirname, "public/js/note.js"),
    ],
    // ok: what it begins with is small; mutate: s|["jquery",|["highlight.js",|
    cover: ["jquery", path.join(__dirname, "public/js/cover.js")],
  },
  externals: { "highlight.js": "hljs", moment: "moment" },
};
