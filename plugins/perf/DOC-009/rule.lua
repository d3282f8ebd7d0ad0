-- How requests are spread over the instances, and how an instance is found healthy.

local documents = require("documents")
local subjects = require("subjects")

return documents.rule(subjects.balancing)
