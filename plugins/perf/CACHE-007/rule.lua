-- Entries of a cache that copy a row, and outlive the change of that row: something sets the key, something else changes the model, and nothing in the
-- repository takes the key away or sets it anew.

local about = require("about")
local cached_reads = require("cached_reads")
local closures = require("closures")
local entries = require("cache_entries")
local entry_lifetime = require("entry_lifetime")
local per_item = require("per_item")
local read_through = require("read_through")
local removal = require("entry_removal")
local words = require("words")

-- What is old by no more than this, nobody calls stale; from the second on a reader meets it.
local TOLERATED = 60
local NOTICED = 600
local DJANGO_DEFAULT = 300
-- Files with so many places are looked into at most.
local MOST_FILES = 40

local CHANGING = words.set(
  "update", "updateOne", "updateMany", "update_one", "update_many", "findByIdAndUpdate", "findOneAndUpdate", "find_one_and_update", "findByIdAndDelete", "findOneAndDelete", "replaceOne", "replace_one", "save", "commit", "delete", "deleteOne", "deleteMany",
  "delete_one", "delete_many", "destroy", "bulk_update", "Update", "Updates", "UpdateColumn", "Save", "Delete", "upsert", "Exec", "ExecContext", "execute", "query"
)
local CHANGES = { "UPDATE%s", "DELETE%s+FROM" }

local function changes_something(call)
  if not CHANGING[call.name] or entries.is_of_cache(call) then
    return false
  end
  if call.name:lower():find("^exec") or call.name == "query" then
    local first = call:arg(1)
    local text = first and (first:joined() or first:literal()) or call.source
    text = type(text) == "string" and text:upper() or ""
    return text:find(CHANGES[1]) ~= nil or text:find(CHANGES[2]) ~= nil
  end
  return true
end

-- A place that changes one of the models while a request or a job runs; nil where none is seen.
local function writer_of(repo, entry, models)
  local own = closures.outermost(entry.call)
  local seen = 0
  for _, path in repo:matched("change") do
    local file = repo:open(path)
    if file and file.class == "source" and file.root and removal.names_one(file.text, models) then
      seen += 1
      if seen > MOST_FILES then
        return nil
      end
      for _, call in file.root:descendants("call") do
        if changes_something(call) then
          local func = closures.outermost(call)
          local reach = call:reach()
          local is_own = func and func.node:same(own.node)
          if func and not is_own and (reach == "request" or reach == "worker") then
            local named = cached_reads.models(call)
            for model in models do
              local on = call:receiver()
              local is_row = on and on.kind == "name" and on.text:lower() == model:lower()
              if named[model] or is_row and func.node.source:find("%f[%w_]" .. model:gsub("%W", "%%%0") .. "%f[^%w_]") then
                return call, model
              end
            end
          end
        end
      end
    end
  end
  return nil
end

local function check_set(match, report, repo)
  local through = read_through.of(match.node)
  local entry = through or not read_through.is_one(match.node) and entries.of(match.node) or nil
  local asked = entry and per_item.counts(match.node) and (through and match.node or entries.asked_before(entry))
  local func = asked and closures.outermost(match.node)
  if not func then
    return
  end
  local seconds = entry_lifetime.seconds(entry)
  if entry.state == "absent" and entry.call:is("django.core.cache.**") then
    seconds = DJANGO_DEFAULT
  end
  if seconds and seconds <= TOLERATED then
    return
  end
  local tokens = removal.tokens(entry.key)
  local reads = next(tokens) and cached_reads.of(entry.value, func) or {}
  local models, names = {}, {}
  for _, read in reads do
    for model in read.models do
      models[model] = true
    end
  end
  if not next(models) or removal.is_kept_true(repo, entry, tokens) then
    return
  end
  local writer, model = writer_of(repo, entry, models)
  if not writer then
    return
  end
  local is_long = not seconds and entry.state ~= "hidden" and (entry.state == "absent" or entry.lifetime.kind == "null") or (seconds ~= nil and seconds >= NOTICED)
  report({
    at = entry.call,
    message = `this entry copies \`{model}\`, and nothing takes it away when that changes`,
    confidence = is_long and "medium" or "low",
    related = { { at = writer, message = "changes what was copied" }, not through and { at = asked, message = "answers with the copy" } or nil },
    notes = { seconds = seconds },
  })
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    for _, match in matches do
      check_set(match, report, repo)
    end
  end,

  check_repository = function(repo)
    return about.verdict(about.caches(repo), about.NO_CACHE)
  end,
}
