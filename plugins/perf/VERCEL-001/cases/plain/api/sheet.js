const { google } = require("googleapis"); // finding: VERCEL-001

module.exports = async (request, response) => response.json(await google.sheets("v4").spreadsheets.get());
