-- How to empty a cache: with which command, and what that does to the load.

local documents = require("documents")
local presence = require("presence")
local subjects = require("subjects")

return documents.rule(subjects.emptying, { matcher = "cache", about = presence.caches, reason = "no client of a cache that is known in this repository" })
