-- Queries of Firestore that need a composite index which nobody declares.

local about = require("about")
local called = require("called")
local firestore_indexes = require("firestore_indexes")
local firestore_queries = require("firestore_queries")
local layout = require("layout")
local words = require("words")

-- The fields that an index for the query would have, in order: {field, order}, `order` as index files name it.
local function fields_of(question)
  local all = {}
  local seen = {}
  for _, clause in question.clauses do
    if question.equal[clause.field] and not seen[clause.field] then
      seen[clause.field] = true
      table.insert(all, { field = clause.field, order = question.equal[clause.field] == "contains" and "CONTAINS" or "ASCENDING" })
    end
  end
  for _, one in question.sorted do
    table.insert(all, { field = one.field, order = one.order == "desc" and "DESCENDING" or "ASCENDING" })
  end
  return all
end

local function key_of(question, fields)
  local parts = { question.collection, question.is_group and "group" or "collection" }
  for _, one in fields do
    table.insert(parts, one.field .. " " .. one.order)
  end
  return table.concat(parts, "|")
end

-- The index as an entry of the file, laid out as its others are.
local function entry_of(question, fields, indent, step)
  local lines = {}
  for _, one in fields do
    local how = one.order == "CONTAINS" and '"arrayConfig": "CONTAINS"' or `"order": "{one.order}"`
    table.insert(lines, `{indent}{step}{step}\{ "fieldPath": "{one.field}", {how} \}`)
  end
  local scope = question.is_group and "COLLECTION_GROUP" or "COLLECTION"
  return `\{\n{indent}{step}"collectionGroup": "{question.collection}",\n{indent}{step}"queryScope": "{scope}",\n{indent}{step}"fields": [\n{table.concat(lines, ",\n")}\n{indent}{step}]\n{indent}\}`
end

local function fix_of(declared, question, fields)
  local list, file = declared.list, declared.file
  if not declared.is_one or not list or list.kind ~= "list" or file.is_partial then
    return nil
  end
  local newline = file.text:find("\r\n", 1, true) and "\r\n" or "\n"
  local function laid_out(text)
    return (text:gsub("\n", newline))
  end
  local step = layout.step(file)
  local entries = list:entries()
  local last = entries[#entries]
  local title = `declare the index of {question.collection}`
  if not last then
    local indent = layout.indent(file, list.line)
    local entry = entry_of(question, fields, indent .. step, step)
    return { title = title, safety = "unsafe", edits = { { at = list, text = laid_out(`"indexes": [\n{indent}{step}{entry}\n{indent}]`) } } }
  end
  local indent = layout.indent(file, last.line)
  return { title = title, safety = "unsafe", edits = { { after = last, text = laid_out(`,\n{indent}{entry_of(question, fields, indent, step)}`) } } }
end

local function shown(fields)
  local all = {}
  for _, one in fields do
    table.insert(all, `\`{one.field}\`{one.order == "DESCENDING" and " descending" or ""}`)
  end
  return table.concat(all, ", ")
end

-- Whether the query's code is Firestore's for sure: its calls are known, or its file imports the library.
local IMPORTS = table.freeze({
  "google.cloud.firestore", "google.cloud.firestore.**", "google.cloud.firestore_v1**", "firebase_admin.**", "firebase_admin", "firebase/**", "firebase-admin", "firebase-admin/**", "@google-cloud/firestore", "cloud.google.com/go/firestore", "@react-native-firebase/firestore",
})

local function is_firestore(question)
  for _, path in question.call:target() do
    if words.any_in(path, { "firestore", "firebase" }) then
      return true
    end
  end
  if question.call.file:imports(IMPORTS) then
    return true
  end
  -- `where` with an operator that only Firestore has in words, on a collection by name, in a repository that has Firestore.
  return #question.clauses > 0 and #question.call:target() == 0
end

local function check_repository(repo, report)
  if not about.firestore(repo) then
    return { not_applicable = about.NO_FIRESTORE }
  end
  local declared = firestore_indexes.of(repo)
  if not declared.is_whole then
    return nil
  end
  local told = {}
  for _, path in repo:matched("clauses") do
    local file = repo:open(path)
    for _, question in file and file.root and firestore_queries.of(file) or {} do
      local served = firestore_indexes.serve(declared, question)
      local reach = question.call:reach()
      if served == "yes" or reach == "test" or reach == "script" or not is_firestore(question) then
        continue
      end
      local fields = fields_of(question)
      local key = key_of(question, fields)
      local confidence = not declared.is_declared and "low" or (#declared.indexes == 0 or served == "turned") and "medium" or "high"
      report({
        at = question.call,
        message = served == "turned" and `this query of {question.collection} needs an index on {shown(fields)}, and the one that is declared sorts the other way: Firestore refuses the query`
          or `this query of {question.collection} needs a composite index on {shown(fields)}, which {declared.is_declared and "is not declared" or "nothing here declares"}: Firestore refuses the query`,
        confidence = called.confidence(question.call, confidence, repo),
        related = declared.list and { { at = declared.list, message = "the declared indexes" } } or nil,
        notes = { collection = question.collection },
        fix = not told[key] and fix_of(declared, question, fields) or nil,
      })
      told[key] = true
    end
  end
  return nil
end

return { check_repository = check_repository }
