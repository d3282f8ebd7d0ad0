-- What to do when the service is slow: how it shows, where to look first, what helps.

local documents = require("documents")
local subjects = require("subjects")

return documents.rule(subjects.slowness)
