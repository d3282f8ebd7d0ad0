-- Where the service's dashboards are.

local documents = require("documents")
local subjects = require("subjects")

return documents.rule(subjects.dashboards)
