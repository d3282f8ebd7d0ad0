-- Entries of a cache that copy a row, and outlive the change of that row: something sets the key, something else changes the model, and nothing in the
-- repository takes the key away or sets it anew.

local cached_reads = require("cached_reads")
local closures = require("closures")
local entries = require("cache_entries")
local per_item = require("per_item")
local words = require("words")

-- What is old by no more than this, nobody calls stale; from the second on a reader meets it.
local TOLERATED = 60
local NOTICED = 600
local DJANGO_DEFAULT = 300
-- Files with so many places are looked into at most.
local MOST_FILES = 40

local CODE = { python = "**/*.py", go = "**/*.go", javascript = "**/*.{js,mjs,cjs,ts,tsx}", typescript = "**/*.{js,mjs,cjs,ts,tsx}" }

-- The fixed front of a text key: `order:` of `order:{}`, however it is put together.
local function front_of(key)
  local text = nil
  if key.kind == "binary" then
    local first = key:children()[1]
    return first and front_of(first)
  elseif key.kind == "call" and key.name == "Sprintf" then
    local form = key:arg(1)
    text = form and form:literal()
  elseif key.kind == "call" and key.name == "format" and key:receiver() then
    text = key:receiver():literal()
  elseif key.kind == "str" or key.kind == "template" then
    text = key:joined() or key.text
  elseif key.kind == "name" or key.kind == "attr" then
    text = key:literal()
  end
  return type(text) == "string" and text:match("^[^{%%]*") or nil
end

-- The words by which other code names the same key: its front, or the function or constant that makes it.
local function tokens_of(key)
  local at, all = key, {}
  for _ = 1, 3 do
    local front = at.kind ~= "name" and at.kind ~= "attr" and front_of(at) or nil
    if front and #front >= 3 then
      all[front] = true
      return all
    end
    for _, node in at.kind == "call" and { at } or at:descendants("call") do
      if #node:callees() > 0 and #node.name >= 4 then
        all[node.name] = true
      end
    end
    for _, node in (at.kind == "name" or at.kind == "attr") and { at } or at:descendants({ "name", "attr" }) do
      if node.text:find("^%u[%u%d_]+$") and #node.text >= 4 then
        all[node.text] = true
      end
    end
    local value = (at.kind == "name" or at.kind == "attr") and (at:value() or at:definition())
    if next(all) or not value or value.kind == "function" or value.kind == "class" then
      return all
    end
    at = value
  end
  return all
end

local REMOVING = { "del", "delete", "unlink", "invalidate", "clear", "purge", "evict", "remove", "bust", "flush", "reset", "expire", "forget", "refresh", "revalidate", "drop", "pop", "warm", "prune" }

local function is_removing(call)
  return words.any_in(call.name, REMOVING)
end

-- Whether a call only hands on the key that its function is given: a wrapper.
local function is_wrapper(call)
  local args = call:args()
  for at = 1, math.min(2, #args) do
    local arg = args[at]
    if arg.kind == "spread" then
      arg = arg:child("value")
    end
    if arg and arg.kind == "name" and arg:param_position() then
      return true
    end
  end
  return false
end

local function has_token(text, tokens)
  for token in tokens do
    if text:find(token, 1, true) then
      return true
    end
  end
  return false
end

local function first_word(text)
  return text:lower():match("%a+")
end

-- Whether what a call takes away may be this key: it names it, or does not say which.
local function may_remove(call, tokens, fronts)
  local args = call:args()
  if #args == 0 or #args == 1 and entries.is_context(args[1]) then
    return true
  end
  if has_token(call.source, tokens) then
    return true
  end
  for _, arg in args do
    if arg.kind == "spread" or arg.kind == "list" then
      return true
    end
    local front = front_of(arg)
    if not entries.is_context(arg) and arg.kind ~= "num" and arg.kind ~= "dict" then
      if not front or front == "" then
        local func = closures.outermost(call)
        -- A name that is put together above.
        local made = arg.kind == "name" and arg:value() or arg
        front = made and front_of(made)
        if not front or front == "" then
          return func == nil or words.any_in(func.node.source, fronts)
        end
      end
      for _, word in fronts do
        if first_word(front) == word then
          return true
        end
      end
    end
  end
  return false
end

-- Whether some code takes the entry away, sets it anew, or empties the cache.
local function is_kept_true(repo, entry, tokens)
  local own = closures.outermost(entry.call)
  local fronts = {}
  for token in tokens do
    table.insert(fronts, first_word(token) or token)
  end
  local seen = {}
  for _, path in repo:matched("removal") do
    seen[path] = true
  end
  for _, path in repo:matched("setting") do
    seen[path] = true
  end
  local count = 0
  for path in seen do
    count += 1
    local file = repo:open(path)
    if count > MOST_FILES or not file or not file.root then
      return true
    end
    for _, call in file.root:descendants("call") do
      local is_own = path == entry.call.file.path and call:is_within(own.node)
      if not is_own and entries.is_of_cache(call) and not is_wrapper(call) then
        if is_removing(call) and may_remove(call, tokens, fronts) then
          return true
        elseif not is_removing(call) and has_token(call.source, tokens) and entries.of(call) then
          return true
        end
      end
    end
  end
  -- The key by its name beside a removal: keys that are collected in a list first.
  for token in tokens do
    for at, path in repo:holding(CODE[entry.call.file.language], token) do
      local file = at <= MOST_FILES and repo:open(path)
      if at > MOST_FILES then
        return true
      end
      for _, func in file and file.root and file.root:descendants("function") or {} do
        local is_own = path == entry.call.file.path and (own.node:is_within(func) or func:is_within(own.node))
        if not is_own and func.source:find(token, 1, true) and (words.any_in(func.source, { "invalidat", ".del(", ".delete(", "unlink(", ".clear(", "flush", "evict" }) or words.any_in(func:func().name, REMOVING)) then
          return true
        end
      end
    end
  end
  return false
end

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
    if file and file.class == "source" and file.root and has_token(file.text, models) then
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
  local entry = entries.of(match.node)
  local asked = entry and per_item.counts(match.node) and entries.asked_before(entry)
  local func = asked and closures.outermost(match.node)
  if not func then
    return
  end
  local seconds = entries.seconds(entry.lifetime)
  if entry.state == "absent" and entry.call:is("django.core.cache.**") then
    seconds = DJANGO_DEFAULT
  end
  if seconds and seconds <= TOLERATED then
    return
  end
  local tokens = tokens_of(entry.key)
  local reads = next(tokens) and cached_reads.of(entry.value, func) or {}
  local models, names = {}, {}
  for _, read in reads do
    for model in read.models do
      models[model] = true
    end
  end
  if not next(models) or is_kept_true(repo, entry, tokens) then
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
    related = { { at = writer, message = "changes what was copied" }, { at = asked, message = "answers with the copy" } },
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
}
