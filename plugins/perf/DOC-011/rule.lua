-- The plan for growth: how much load the service carries, what limits it next, and what is scaled then.

local documents = require("documents")
local subjects = require("subjects")

return documents.rule(subjects.growth)
