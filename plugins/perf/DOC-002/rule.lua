-- Records of what was optimised: which figure showed that it was worth it, and what it costs.

local documents = require("documents")
local subjects = require("subjects")

return documents.rule(subjects.optimisations)
