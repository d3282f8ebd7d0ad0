-- What the service caches, for how long, and what removes an entry before that.

local documents = require("documents")
local presence = require("presence")
local subjects = require("subjects")

return documents.rule(subjects.caches, { matcher = "cache", about = presence.caches, reason = "no client of a cache that is known in this repository" })
