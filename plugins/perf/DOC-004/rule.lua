-- Which indexes the database has, and which queries they serve.

local documents = require("documents")
local subjects = require("subjects")

return documents.rule(subjects.indexes, { matcher = "database", reason = "no code of this repository asks a database that is known" })
