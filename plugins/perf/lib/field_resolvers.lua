-- Fields of GraphQL types that ask a database for the object they are a field of: where such objects come in lists, each item asks again. What asks
-- for all of them at once (a DataLoader, Prisma's `findUnique`) is left alone, and so are types of which no list is seen.

local given_queries = require("given_queries")
local naming = require("naming")
local set = require("words").set
local store = require("store")

local M = {}

local DECORATED = set("FieldResolver", "ResolveField", "ResolveProperty")
local PARENTS = set("Root", "Parent")
-- Types of which there is one per request.
local ROOTS = set("Query", "Mutation", "Subscription", "Queries", "Mutations", "RootQuery", "RootQueryType")
local CODE = "*.{ts,js,mjs,cjs,py,graphql,graphqls,gql}"
local SERVERS = table.freeze({
  "graphql", "apollo-server**", "@apollo/server**", "graphql-yoga", "@graphql-tools/**", "graphql-tools", "express-graphql", "graphql-http**", "mercurius", "@nestjs/graphql", "type-graphql",
})

-- Whether a list of a type is seen anywhere: `[Order]`, `[Order!]!`, `List[Order]`, `graphene.List(Order)`, `DjangoListField(OrderType)`.
local listed = {}

local function is_listed(name, repo)
  if listed[name] == nil then
    local forms = { `[{name}]`, `[{name}!]`, `List({name}`, `List[{name}]`, `list[{name}]`, `List["{name}"]`, `list["{name}"]`, `ListField({name}`, `NonNull({name})`, `'[{name}`, `ConnectionField({name}` }
    listed[name] = false
    for _, path in repo:holding(CODE, forms) do
      local lower = path:lower()
      if not lower:find("test", 1, true) and not lower:find("mock", 1, true) and not lower:find("generated", 1, true) then
        listed[name] = true
        break
      end
    end
  end
  return listed[name]
end

local function root_of(node)
  while node and node.kind ~= "name" do
    node = node:child("callee") or node:child("value")
  end
  return node
end

-- Whether an expression says something of the object: its name, or a part of it that was taken out before.
local function carries(node, names)
  for _, name in node:descendants("name") do
    if names[name.text] then
      return true
    end
  end
  return false
end

-- The names that hold the object or a part of it: the parameter, what it is taken apart into, what is made of it.
local function names_of(param, body)
  local names = {}
  if param.text ~= "" then
    names[param.text] = true
  end
  for _, name in param:descendants("name") do
    if name:role() ~= "type" and not name:enclosing({ "call" }) or name:role() == "target" then
      names[name.text] = true
    end
  end
  for _, assign in body:descendants("assign") do
    local value, target = assign:child("value"), assign:child("target")
    if value and target and (value.kind == "attr" or value.kind == "name") then
      local root = root_of(value)
      for _, name in root and names[root.text] and (target.kind == "name" and { target } or target:descendants("name")) or {} do
        names[name.text] = true
      end
    end
  end
  return names
end

local function speaks_of_many(word)
  local small = word:lower()
  return small:find("loader", 1, true) ~= nil or small:find("prefetch", 1, true) ~= nil or small == "load" or small == "loadmany"
end

-- What asks for many objects at once, or answers from what was read before.
local function is_batched(body, param)
  -- Most are called by name, which is asked for sooner than every word.
  for _, call in body:descendants("call") do
    if speaks_of_many(call.name) then
      return true
    end
  end
  local text = body.source
  if text:find("[lL]oader") or text:find("refetch", 1, true) or text:find("%f[%w]load%f[%W]") or text:find("%f[%w]loadMany%f[%W]") then
    for _, node in body:descendants({ "name", "attr" }) do
      if speaks_of_many(node.text) then
        return true
      end
    end
  end
  return param.text ~= "" and text:find(`return {param.text}%.[%w_]+%s*[;\n}]`) ~= nil
end

-- The read that a resolver makes for its object; nil where it makes none.
local function read_of(node, param)
  local body = node:child("body")
  if not body or not param or is_batched(body, param) then
    return nil
  end
  local names = names_of(param, body)
  for _, call in body:descendants("call") do
    local access = store.access(call)
    if access and access.sort == "read" and not access.seldom and not access.heavy and #access.hops <= 2 then
      local leaf = access.leaf or access.call
      local asks_for_many = leaf:fact("orm") == "prisma" and leaf.name:find("^findUnique") ~= nil or leaf.name:find("oader", 1, true) ~= nil
      if not asks_for_many and carries(access.whole, names) then
        return access
      end
    end
  end
  local given = node.file.language == "python" and given_queries.first(node)
  return given and carries(given.whole, names) and given or nil
end

local function report_field(node, owner, param, repo, report)
  if not owner or ROOTS[owner] or not param then
    return
  end
  local access = read_of(node, param)
  if not access or not is_listed(owner, repo) then
    return
  end
  local what = naming.of(access.leaf or access.call, access.what)
  report({
    at = access.whole,
    message = `the field {node.text} asks {what} for each {owner} of a list: one query per item, where a loader asks once for all of them`,
    confidence = "medium",
    reach = "request",
    related = { { at = node, message = `the resolver of {owner}.{node.text}` } },
    notes = { store = access.store },
  })
end

-- The type that a decorated class resolves: `@Resolver(() => Order)`, `@Resolver(Order)`, `@Resolver("Order")`.
local function type_of(class)
  for _, decorator in class:children("decorator") do
    local first = decorator.kind == "call" and decorator.name == "Resolver" and decorator:arg(1)
    if first then
      return first.source:match("=>%s*([%w_]+)%s*$") or first.source:match("^[\"']?([%w_]+)[\"']?$")
    end
  end
  return nil
end

local function check_decorated(file, repo, report)
  for _, node in file.root:descendants("function") do
    local is_field = false
    for _, decorator in node:children("decorator") do
      is_field = is_field or DECORATED[decorator.name] ~= nil
    end
    local class = is_field and node:enclosing("class")
    if class then
      for _, param in node:children("param") do
        for _, decorator in param:children("decorator") do
          if PARENTS[decorator.name] then
            report_field(node, type_of(class), param, repo, report)
          end
        end
      end
    end
  end
end

-- Resolvers by type and field: `{ Query: { orders }, Order: { lines: (order) => ... } }`.
local function check_map(dict, repo, report)
  local is_map = false
  for _, item in dict:children("item") do
    is_map = is_map or (item.text == "Query" or item.text == "Mutation")
  end
  for _, item in is_map and dict:children("item") or {} do
    local fields = item.kind == "pair" and not ROOTS[item.text] and item:child("value")
    for _, field in fields and fields.kind == "dict" and fields:children("item") or {} do
      local func = field.kind == "pair" and field:child("value") or field
      if func.kind == "function" then
        report_field(func, item.text, func:children("param")[1], repo, report)
      end
    end
  end
end

-- Classes of graphene (`resolve_lines(self, info)`) and strawberry (`@strawberry.field`).
local function check_python(file, repo, report)
  for _, node in file.root:descendants("function") do
    local is_field = node.text:find("^resolve_%w") ~= nil
    for _, decorator in is_field and {} or node:children("decorator") do
      is_field = is_field or decorator.source:find("^@?strawberry[%w_]*%.field") ~= nil
    end
    local class = is_field and node:enclosing({ "class", "function" })
    if class and class.kind == "class" then
      if not ROOTS[class.text] and not class.text:find("Quer[iy]e?s?$") and not class.text:find("Mutations?$") then
        report_field(node, class.text, node:children("param")[1], repo, report)
      end
    end
  end
end

-- Reports those of a repository.
function M.check(repo, report)
  local is_web = repo:imports(SERVERS)
  for _, path in is_web and repo:importers({ "type-graphql", "@nestjs/graphql" }) or {} do
    local file = repo:open(path)
    if file and file.class == "source" and file.root and (file.text:find("FieldResolver", 1, true) or file.text:find("ResolveField", 1, true) or file.text:find("ResolveProperty", 1, true)) then
      check_decorated(file, repo, report)
    end
  end
  for _, path in is_web and repo:holding("*.{ts,js,mjs,cjs}", { "Query: {", "Mutation: {", "Query,", "Query: " }) or {} do
    local file = repo:open(path)
    if file and file.class == "source" and file.root and file.side ~= "browser" and file.text:find("[=(]%s*{") then
      for _, dict in file.root:descendants("dict") do
        check_map(dict, repo, report)
      end
    end
  end
  -- Most files of a schema hold no resolver that is written out; those are not parsed.
  local is_python = repo:imports({ "graphene", "graphene.**", "graphene_django", "graphene_django.**", "strawberry", "strawberry.**", "strawberry_django**" })
  for _, path in is_python and repo:holding("*.py", { "    def resolve_", "@strawberry" }) or {} do
    local file = repo:open(path)
    if file and file.class == "source" and file.root then
      check_python(file, repo, report)
    end
  end
end

return M
