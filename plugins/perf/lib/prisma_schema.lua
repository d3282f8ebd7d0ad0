-- Prisma's schema: models with their fields, foreign keys and indexes, read from its text.

local M = {}

-- The names in `[userId, createdAt(sort: Desc)]`.
local function names(text)
  local all = {}
  for part in (text .. ","):gmatch("([^,]*),") do
    local name = part:match("^%s*([%w_]+)")
    if name then
      table.insert(all, name)
    end
  end
  return all
end

local function read_field(model, file, line, text)
  local name, kind, rest = text:match("^%s*([%w_]+)%s+([%w_]+)(.*)$")
  if not name then
    return
  end
  local field = { name = name, type = kind, is_list = rest:sub(1, 2) == "[]", is_long = rest:find("@db%.%a*Text") ~= nil, line = line, file = file, column = rest:match('@map%(%s*"([^"]+)"') or rest:match('@map%(%s*name:%s*"([^"]+)"') or name }
  model.fields[name] = field
  table.insert(model.order, field)
  if rest:find("@id", 1, true) and not rest:find("@@id", 1, true) or rest:find("@unique", 1, true) then
    table.insert(model.indexes, { name, is_unique = true })
  end
  local keys = rest:match("@relation%(.-fields:%s*%[([^%]]*)%]")
  if keys then
    table.insert(model.keys, { relation = name, columns = names(keys), target = kind, line = line, file = file, cascades = rest:find("onDelete:%s*Cascade") ~= nil or rest:find("onDelete:%s*SetNull") ~= nil })
  end
end

-- Reads one file into `out`.
local function read(out, file)
  local model, line = nil, 0
  for text in (file.text .. "\n"):gmatch("([^\n]*)\n") do
    line += 1
    local code = text:gsub("//.*$", "")
    local opened = code:match("^%s*model%s+([%w_]+)%s*{")
    local provider = code:match('^%s*provider%s*=%s*"([%w]+)"')
    if opened then
      model = { name = opened, fields = {}, order = {}, keys = {}, indexes = {}, file = file, line = line, table = opened }
      out.models[opened] = model
    elseif code:match("^%s*}") then
      model = nil
    elseif code:match("^%s*enum%s+([%w_]+)") then
      out.enums[code:match("^%s*enum%s+([%w_]+)")] = true
    elseif provider and (provider == "postgresql" or provider == "mysql" or provider == "sqlite" or provider == "cockroachdb" or provider == "sqlserver" or provider == "mongodb" or provider == "postgres") then
      out.provider = provider
    elseif model then
      local list = code:match("^%s*@@%a+%(%s*%[([^%]]*)%]") or code:match("^%s*@@%a+%(.-fields:%s*%[([^%]]*)%]")
      local mapped = code:match('^%s*@@map%(%s*"([^"]+)"') or code:match('^%s*@@map%(%s*name:%s*"([^"]+)"')
      if mapped then
        model.table = mapped
      elseif list then
        local index = names(list)
        index.is_unique = code:find("@@unique", 1, true) ~= nil or code:find("@@id", 1, true) ~= nil
        table.insert(model.indexes, index)
      elseif not code:match("^%s*@@") then
        read_field(model, file, line, code)
      end
    end
  end
end

-- The schemas in files of a repository, those of one directory as one: {models, enums, provider}.
function M.of(repo, paths)
  local by_directory, all = {}, {}
  for _, path in paths do
    local file = not path:find("node_modules/", 1, true) and repo:open(path)
    if file and file.class ~= "test" and file.class ~= "example" then
      -- `prisma/schema.prisma` and `prisma/models/user.prisma` are one schema.
      local directory = (path:match("^(.*)/[^/]*$") or ""):gsub("/models$", ""):gsub("/schema$", "")
      local out = by_directory[directory]
      if not out then
        out = { models = {}, enums = {}, provider = nil, directory = directory }
        by_directory[directory] = out
        table.insert(all, out)
      end
      read(out, file)
    end
  end
  return all
end

-- Whether an index of the model begins with the field.
function M.begins_with(model, field)
  for _, index in model.indexes do
    if index[1] == field then
      return true
    end
  end
  return false
end

return M
