-- Methods of the project that ask a database, for calls on things of which nobody sees what they are: `request.app["orders"].find_by_code(code)`, `store.orders.select(where=...)`
-- behind an object that hands on what it is asked. A method is known by its name where every class that has one of that name asks the database.

local parameter = require("parameter")
local set = require("words").set
local words = require("words")

local M = {}

local CLIENTS = table.freeze({
  "sqlalchemy**", "sqlmodel**", "psycopg**", "psycopg2**", "asyncpg**", "pymysql**", "MySQLdb**", "aiomysql**", "sqlite3", "aiosqlite**", "databases**", "peewee**", "tortoise**", "pymongo**", "motor**", "pyodbc", "oracledb", "mysql**",
})

-- Names that containers, texts, files and clients of all sorts have as well.
local COMMON = set(
  "get", "set", "add", "pop", "put", "find", "index", "count", "copy", "items", "keys", "values", "update", "insert", "remove", "append", "extend", "clear", "join", "split", "strip", "replace", "format", "read", "write", "close", "open", "send", "run",
  "start", "stop", "load", "loads", "dump", "dumps", "save", "delete", "execute", "executemany", "query", "all", "first", "last", "one", "filter", "exists", "fetch", "fetchone", "fetchall", "fetchmany", "fetchrow", "fetchval", "scalar", "scalars", "commit", "rollback", "flush", "refresh", "begin", "connect",
  "search", "match", "list", "create", "check", "validate", "process", "handle", "call", "apply", "connection", "session", "cursor", "iterate", "next", "exec", "setup", "init", "ping", "status", "info", "name", "register", "login", "logout",
  "find_one", "find_many", "find_all", "find_by_id", "insert_one", "update_one", "delete_one", "delete_many", "count_documents", "aggregate", "replace_one", "bulk_write", "get_item", "put_item", "query_items", "get_or_create", "get_or_none", "fetch_all", "fetch_one", "fetch_val",
  "in_bulk", "order_by", "group_by", "values_list", "select_related", "prefetch_related", "get_many", "set_many", "to_dict", "to_list", "to_json", "from_dict", "as_dict"
)

-- Words of what keeps rows, by which something is called: `self.order_repository`, `app.db`.
local KEEPERS = set("db", "database", "repo", "repository", "repositories", "store", "storage", "dao", "crud", "gateway", "table", "tables", "models", "dbo", "orm")

-- What stands behind something else costs more than its query.
local HEAVY = set("http", "mail", "process", "sleep", "queue", "rpc", "compute")

local function does(func)
  local reads, is_heavy = false, false
  for _, effect in func:effects() do
    reads = reads or effect == "db-read"
    is_heavy = is_heavy or HEAVY[effect] == true
  end
  return reads and not is_heavy
end

local function class_of(node)
  local around = node:enclosing({ "class", "function" })
  return around and around.kind == "class" and around or nil
end

-- Methods by their names; false where one of that name does something else. Read once, of the files that import a client of a database.
local function collect(repo)
  local methods = {}
  for _, path in repo:importers(CLIENTS) do
    local file = repo:open(path)
    for _, node in file and file.language == "python" and file.class == "source" and file.root and file.root:descendants("function") or {} do
      local func = class_of(node) and node.name ~= "" and not node.name:find("^__") and #node:children("decorator") == 0 and node:func()
      if func then
        local known = methods[node.name]
        if does(func) and known ~= false then
          methods[node.name] = known or {}
          table.insert(methods[node.name], func)
        else
          methods[node.name] = false
        end
      end
    end
  end
  return methods
end

-- Whether no other function of the repository has the name, tests left aside.
local function is_only(name, methods, repo)
  local count = 0
  for at, path in repo:holding("**/*.py", `def {name}(`) do
    local file = at <= 40 and repo:open(path)
    if at > 40 then
      return false
    end
    for _ in file and file.class == "source" and file.root and file.root:descendants("function", name) or {} do
      count += 1
    end
  end
  return count == #methods
end

-- How well a call fits the parameters of a method: nil where it does not, else how many arguments it gives by their names.
local function fit(call, func)
  local names, takes_any = {}, false
  for _, param in func.params do
    names[param.text] = true
    takes_any = takes_any or param.source:find("^%*") ~= nil
  end
  local named, plain = 0, 0
  for _, argument in call:children("arg") do
    if argument.kind == "spread" then
      return nil
    elseif argument.kind == "kw-arg" then
      if names[argument.text] then
        named += 1
      elseif not takes_any then
        return nil
      end
    else
      plain += 1
    end
  end
  return if takes_any or plain + named <= #func.params - parameter.leading(func) then named else nil
end

-- Whether what a call is on is called as something that keeps rows is, or has a word of the class that a method belongs to: `store.scheduled_changes` for
-- `ScheduledChangeTable`. A name alone may be that of a method of any library.
local function is_on_keeper(call, func)
  local on = call:receiver()
  local name = on and (on.kind == "name" or on.kind == "attr") and on.text or ""
  local class, its = func and class_of(func.node), {}
  for _, word in class and words.of(class.name) or {} do
    its[word] = true
  end
  for _, word in words.of(name) do
    if KEEPERS[word] or its[word] or its[word:gsub("s$", "")] then
      return true
    end
  end
  return false
end

-- Objects of frameworks on which an application puts what it likes, and objects of the project that make their attributes up.
local HANGERS = { "^builtins%.object%(%)", "^flask%.current_app%.", "^flask%.g%.", "^quart%.current_app%.", "^quart%.g%.", "%.app%.state%.", "^fastapi%.FastAPI%.state%.", "^starlette%.applications%.Starlette%.state%.", "%.app%[%]", "%.app%.ctx%.", "%.bot%.", "%.request%.state%." }

local function is_hanger(target)
  for _, form in HANGERS do
    if target:find(form) then
      return true
    end
  end
  return false
end

-- Whether nobody sees what is called: nothing at all, or what hangs on such an object.
local function is_unseen(call)
  for _, target in call:target() do
    if not is_hanger(target) then
      return false
    end
  end
  return #call:callees() == 0
end

local function is_read(call, methods)
  local on = call:receiver()
  if not on or on.kind == "name" and parameter.is_self(on) or not is_unseen(call) then
    return false
  end
  local named, is_kin = nil, false
  for _, func in methods do
    local count = fit(call, func)
    named = count and math.max(count, named or 0) or named
    is_kin = is_kin or count ~= nil and is_on_keeper(call, func)
  end
  if not named then
    return false
  elseif COMMON[call.name] then
    return named >= 1 and is_on_keeper(call, nil)
  end
  return named >= 1 or is_kin and #words.of(call.name) > 1
end

-- The calls of a repository that read by such a method: a list, in order.
function M.calls(repo)
  local methods, names = collect(repo), {}
  for name, funcs in methods do
    if funcs then
      table.insert(names, name)
    end
  end
  table.sort(names)
  local texts, all, only = {}, {}, {}
  for _, name in names do
    table.insert(texts, `.{name}(`)
  end
  for _, path in #texts > 0 and repo:holding("**/*.py", texts) or {} do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and file.root and file.root:descendants("call", names) or {} do
      if is_read(call, methods[call.name]) then
        if only[call.name] == nil then
          only[call.name] = is_only(call.name, methods[call.name], repo)
        end
        if only[call.name] then
          table.insert(all, { call = call, method = methods[call.name][1] })
        end
      end
    end
  end
  return all
end

return M
