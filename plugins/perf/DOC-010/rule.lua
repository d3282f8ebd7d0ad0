-- How to scale the service out and in: with which commands, at which signs.

local documents = require("documents")
local subjects = require("subjects")

return documents.rule(subjects.scaling)
