-- What a repository calls its tenants, where the name alone does not tell: in Prisma's schema the tenant is what most models belong to, `teamId` in one service and
-- `projectId` in another. A team among the users of one organisation is none.

local words = require("words")

local M = {}

-- What a tenant may be called besides.
local MAYBE = words.set("team", "company", "site", "project", "space", "shop", "account", "environment", "community", "club", "school", "business", "agency", "studio")
-- So many models carry its key, and such a share of all.
local LEAST, SHARE = 8, 0.3

-- The words that stand for tenants, once the schema was read.
local known = nil
local repository = nil

-- Begins with a repository; nothing is read before somebody asks.
function M.begin(repo)
  repository = repo
end

local function read()
  local carried, models = {}, 0
  for _, path in repository:paths("**.prisma") do
    local text = not path:find("node_modules/", 1, true) and repository:text(path) or ""
    for body in text:gmatch("\nmodel%s+[%w_]+%s*(%b{})") do
      models += 1
      for column in body:gmatch("\n%s*(%l[%w_]*[iI]d)%s+[%w]+") do
        local all = words.of(column)
        local word = #all == 2 and all[2] == "id" and all[1]
        if word and MAYBE[word] then
          carried[word] = (carried[word] or 0) + 1
        end
      end
    end
  end
  local all = {}
  for word, amount in carried do
    all[word] = amount >= LEAST and amount >= models * SHARE or nil
  end
  return all
end

-- Whether the tables of the repository belong to what a word stands for.
function M.has(word)
  if not MAYBE[word] or not repository then
    return false
  end
  known = known or read()
  return known[word] == true
end

return M
