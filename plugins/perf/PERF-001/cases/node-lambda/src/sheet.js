const ExcelJS = require("exceljs"); // finding: PERF-001
const mathjs = require("mathjs"); // ok: read while the file is loaded; mutate: s/mathjs.evaluate("1 \/ 100")/0.01/
const https = require("https");

const rate = mathjs.evaluate("1 / 100");

exports.total = (text) => mathjs.evaluate(text);

exports.sheet = async (rows) => {
  const { JSDOM } = require("jsdom"); // ok: loaded where it is needed
  const book = new ExcelJS.Workbook();
  rows.forEach((row) => book.addWorksheet(row.name + rate + new JSDOM("").serialize()));
  https.get("https://counts.example/sheet");
  return (await book.xlsx.writeBuffer()).toString("base64");
};
