-- One request to a model per text of a loop, where the model takes a list of texts.

local awaited = require("awaited")
local loop_data = require("loop_data")
local one_request_each = require("one_request_each")
local option = require("option")
local words = require("words")

local EFFECTS = { "http", "compute" }
-- What a helper may do beside for a text.
local BESIDE = { http = true, compute = true }

-- Names of what is a list of texts already.
local MANY = { "batch", "chunk_texts", "inputs" }

local function says_many(name)
  name = name:lower()
  for _, word in MANY do
    if name:find(word, 1, true) then
      return true
    end
  end
  return name:find("s$") ~= nil and not name:find("ss$") and not name:find("us$") and not name:find("is$")
end

-- The input that a request is given; nil where that is not seen.
local function input_of(leaf)
  local name = leaf:fact("input_arg")
  if name then
    local value, state = option.of(leaf, name)
    if state == "given" then
      return value
    elseif state == "hidden" then
      return nil
    end
  end
  for _, arg in leaf:args() do
    if arg.kind ~= "dict" and arg.source ~= "ctx" then
      return arg
    end
  end
  return nil
end

-- Whether an input is one text, as far as it can be told: a list of one counts, a list of several and what is called like many do not.
local function is_one(node, depth)
  while node and (node.kind == "await" or node.kind == "unary") do
    node = node:child("value")
  end
  if not node or depth > 3 then
    return false
  end
  if node.kind == "list" or node.kind == "set" or node.kind == "dict" and node.file.language == "go" then
    local items = node:children("item")
    return #items == 1 and items[1].kind ~= "spread" and is_one(items[1], depth + 1)
  elseif node.kind == "comprehension" or node.kind == "slice" then
    return false
  elseif node.kind == "index" then
    local index = node:child("index")
    return not index or index.kind ~= "slice"
  elseif node.kind == "name" then
    local value = node:value()
    if value and (value.kind == "list" or value.kind == "comprehension") then
      return is_one(value, depth + 1)
    end
    return not says_many(node.text)
  elseif node.kind == "attr" then
    return not says_many(node.text)
  elseif node.kind == "call" then
    -- `chunk.text.replace("\n", " ")`, `f(item)`: what gives a list is called so.
    return not says_many(node.name) and node.name ~= "split" and node.name ~= "list" and node.name ~= "map" and node.name ~= "slice"
  end
  return true
end

-- Whether a loop goes one by one after all of them together failed: in the handler of an error.
local function is_second_try(loop)
  return loop.node:enclosing({ "handler" }) ~= nil
end

-- Makers of slices, each of which holds several texts.
local SLICES = words.set("range", "xrange", "batched", "chunked", "chunks", "islice", "grouper", "batch", "array_split", "in_batches", "divide")

-- Whether what a loop calls a chunk is one text: a piece of a document, not a slice of a list.
local function is_piece(loop)
  local targets, over = loop.node:children("target"), loop.iter
  local target = targets[#targets]
  local names = target and target.kind ~= "name" and target:descendants("name") or {}
  local last = names[#names] or target
  if not last or not last.text:lower():find("chunk", 1, true) then
    return false
  end
  local made = over and awaited.value(over.kind == "name" and over:value() or over)
  if not made or made.kind == "comprehension" then
    return made == nil
  end
  if made.kind == "call" and made:is("builtins.enumerate") then
    made = made:arg(1) or made
  end
  return not (made.kind == "call" and SLICES[made.name]) and not made.source:find("batch", 1, true)
end

-- Whether the texts that a helper is given are one text.
local function hands_one(call)
  for _, arg in call:args() do
    if (arg.kind == "list" and #arg:children("item") ~= 1) or arg.kind == "comprehension" or (arg.kind == "name" or arg.kind == "attr") and says_many(arg.kind == "attr" and arg.text or arg.text) and not arg.text:find("^[A-Z]") then
      return false
    end
  end
  return true
end

-- What takes many, as the language writes it.
local function many_of(leaf)
  local many = leaf:fact("many_inputs")
  return leaf.file.language == "python" and many or (many:gsub("=%[", ": ["))
end

local function leaf_of(call)
  local leaf = one_request_each.leaf_of(call, "many_inputs", EFFECTS)
  if not leaf or not is_one(input_of(leaf), 0) then
    return nil
  end
  return (leaf:same(call) or hands_one(call)) and leaf or nil
end

return {
  check = function(file, matches, report)
    if file.side == "browser" then
      return
    end
    one_request_each.each(matches, leaf_of, function(call, leaf, row)
      if is_second_try(row.loop) then
        return false
      end
      local over = loop_data.over(row.loop)
      local is_helper = not leaf:same(call)
      local reach = call:reach()
      -- Questions and documents are not always embedded alike, and the list is that of documents.
      local asks = leaf.name:find("[qQ]uery$") and words.any_in(call.source, { "question", "queries", "search" })
      local is_alike = not asks and not (is_helper and one_request_each.does_more(call, BESIDE))
      report({
        at = call,
        message = `{call.name} asks the model once per text{over and " of \`" .. over .. "\`" or ""}: \`{many_of(leaf)}\` takes them in one request`,
        confidence = is_alike and reach ~= "startup" and reach ~= "build" and "medium" or "low",
        related = { { at = row.loop.node, message = "the loop" }, is_helper and { at = leaf, message = "the request" } or nil },
        notes = { most = leaf:fact("most") },
      })
      return true
    end, is_piece)
  end,
}
