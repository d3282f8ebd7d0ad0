-- What to do when the database is slow: how to find the statement, and what helps.

local documents = require("documents")
local subjects = require("subjects")

return documents.rule(subjects.slow_database, { matcher = "database", reason = "no code of this repository asks a database that is known" })
