-- The service's objectives in writing: which figure has to be met, and over which time.

local documents = require("documents")
local subjects = require("subjects")

return documents.rule(subjects.objectives)
