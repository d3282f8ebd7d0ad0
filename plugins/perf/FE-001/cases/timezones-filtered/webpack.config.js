const { IgnorePlugin } = require("webpack");
module.exports = { entry: "./client/src/main.js", plugins: [new IgnorePlugin({ resourceRegExp: /^\.\/locale$/, contextRegExp: /moment$/ })] };
