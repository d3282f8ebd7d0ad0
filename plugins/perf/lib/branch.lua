-- What the branches around a place say of when it runs: in development, in production, or nothing of either.

local words = require("words")

local branch = {}

local DEVELOPMENT = { debug = true, debugging = true, develop = true, development = true, dev = true, ["local"] = true, localhost = true, test = true, tests = true, testing = true, pytest = true, jest = true }
local PRODUCTION = { prod = true, production = true, live = true }

local function flip(said)
  return said == "development" and "production" or said == "production" and "development" or nil
end

local function by_words(text)
  for _, word in words.of(text) do
    if DEVELOPMENT[word] then
      return "development"
    elseif PRODUCTION[word] then
      return "production"
    end
  end
  return nil
end

-- What it means that a test holds: "development", "production" or nil.
function branch.meaning(test)
  if test.kind == "unary" and (test.text == "not" or test.text == "!") then
    local inner = test:child("value") or test:children()[1]
    return inner and flip(branch.meaning(inner))
  end
  if test.kind == "logic" then
    for _, part in test:children() do
      local said = branch.meaning(part)
      if said then
        return said
      end
    end
    return nil
  end
  local said = by_words(test.source)
  if test.kind == "compare" then
    local source = test.source:lower()
    if source:find("!=", 1, true) or source:find("%f[%a]not%f[%A]") or source:find("==%s*false") or source:find("is%s+false") then
      return flip(said)
    end
  end
  return said
end

-- The branches that `node` stands in, innermost first: { test, said }, where `said` is what being there means.
function branch.around(node)
  local all = {}
  local inner, at = node, node:parent()
  while at do
    if at.kind == "if" or at.kind == "conditional" then
      local test = at:child("test")
      if test and not inner:same(test) then
        local said = branch.meaning(test)
        table.insert(all, { at = at, test = test, said = inner:role() == "else" and flip(said) or inner:role() ~= "else" and said or nil })
      end
    end
    inner, at = at, at:parent()
  end
  return all
end

-- Whether a place runs in development only.
function branch.is_for_development(node)
  for _, one in branch.around(node) do
    if one.said == "development" then
      return true
    end
  end
  return false
end

-- Whether a statement runs only when its file is the program: `if __name__ == "__main__"`.
function branch.runs_as_program(node)
  local around = node:enclosing("if")
  local test = around and around:child("test")
  return test ~= nil and test.source:find("__name__", 1, true) ~= nil
end

return branch
