-- Requests of Go that go on for as long as there is something to send or to read: the `Timeout` of a client counts until the body of the answer is read, and so
-- cuts them off. What may be limited is the wait for the answer: `ResponseHeaderTimeout` of its transport.

local set = require("words").set

local M = {}

-- What makes a reader of a body that is asked again and again, and what it is asked by.
local READERS = set("NewScanner", "NewReader", "NewReaderSize", "NewDecoder")
local ASKED = set("Scan", "Decode", "More", "Token", "Read", "ReadString", "ReadBytes", "ReadLine", "ReadRune", "ReadSlice")
local COPIES = set("Copy", "CopyBuffer")
-- What takes all of a body in memory, as far as it gets.
local IN_MEMORY = table.freeze({ "bytes.**", "strings.**", "io.Discard", "io/ioutil.Discard", "crypto/**", "hash/**" })
local MAKES = { NewRequest = 3, NewRequestWithContext = 4 }
local OPEN_ENDED = table.freeze({ "os.Open()", "os.OpenFile()", "os.Create()", "io.Pipe()", "io.TeeReader()", "mime/multipart.FileHeader.Open()" })

-- The name that holds the answer of a call.
local function answer_of(call)
  local parent = call:parent()
  local target = parent and parent.kind == "assign" and parent:child("target")
  local first = target and target.kind == "list" and target:children()[1] or target
  return first and first.kind == "name" and first.text ~= "_" and first.text or nil
end

local function is_looped(node, outside)
  local loop = node:enclosing({ "for", "while", "c-for", "function" })
  return loop ~= nil and loop.kind ~= "function" and not outside:is_within(loop)
end

-- Whether a reader that a call makes is asked in a loop: `for scanner.Scan()`.
local function is_read_on(made, func_node)
  local parent = made:parent()
  local target = parent and parent.kind == "assign" and parent:child("target")
  for _, asking in target and target.kind == "name" and func_node:descendants("call") or {} do
    local on = ASKED[asking.name] and asking:receiver()
    if on and on.text == target.text and is_looped(asking, made) then
      return true
    end
  end
  return false
end

-- Whether what a copy goes to is no memory: a response, a file, a connection.
local function is_sent_on(copy)
  local to = copy:arg(1)
  if not to or to:comes_from(IN_MEMORY) or to.source:find("Discard", 1, true) then
    return false
  end
  local made = to.kind == "name" and to:param_position()
  local type = made and copy:func().params[made]:child("type")
  return type ~= nil and type ~= false and type.source:find("Writer", 1, true) ~= nil or to:comes_from({ "os.**", "io.Pipe()" })
end

-- Where the body of an answer is read as a stream; nil where that is not seen. Second, whether it is read in a loop, as what is meant to stay open.
local function read_at(call, func_node)
  local answer = answer_of(call)
  for _, body in answer and func_node:descendants("attr", "Body") or {} do
    local on = body:child("value")
    if on and on.kind == "name" and on.text == answer then
      -- Also within what limits or wraps it: `bufio.NewScanner(io.TeeReader(answer.Body, file))`.
      for _, around in body:argument_of() do
        if READERS[around.name] and is_read_on(around, func_node) then
          return around, true
        elseif COPIES[around.name] and is_sent_on(around) then
          return around, false
        end
      end
    end
  end
  return nil
end

-- Whether what a request sends is no text or bytes that are there already: any reader that the function is given, a file, the body of another request.
local function is_open_ended(body, func)
  if body.kind == "attr" then
    return body.text == "Body"
  elseif body:comes_from(OPEN_ENDED) then
    return true
  end
  local at = body.kind == "name" and body:param_position()
  local type = at and func.params[at] and func.params[at]:child("type")
  return type ~= nil and type ~= false and type.source:find("^io%.Read") ~= nil
end

-- Where the body that a call sends comes from a stream.
local function sent_at(call, func)
  local own = call.name == "Post" and call:arg(3) or nil
  if own then
    return is_open_ended(own, func) and own or nil
  end
  local request = call.name == "Do" and call:arg(1)
  local made = request and (request.kind == "name" and request:value() or request)
  for _, making in request and func.node:descendants("call", { "NewRequest", "NewRequestWithContext" }) or {} do
    local body = making:arg(MAKES[making.name])
    local is_its = not made or made.kind ~= "call" or not MAKES[made.name] or made:same(making)
    if is_its and body and is_open_ended(body, func) then
      return body
    end
  end
  return nil
end

-- The place that makes a request a stream: where its answer is read on and on, or what it sends; nil where neither is seen. Second, whether
-- it may be meant to stay open.
function M.of_call(call)
  local func = call.file.language == "go" and call:func()
  if not func then
    return nil
  end
  local reading, stays_open = read_at(call, func.node)
  return reading or sent_at(call, func), stays_open
end

local SENDS = table.freeze({ "net/http.Client.{Do,Get,Post}" })

-- The same of any call that is made with a client; `made_with` tells what made the client of a call.
function M.of_client(client, repo, made_with)
  for _, call in repo:calls(SENDS) do
    local made = made_with(call)
    local found = made and made:same(client) and M.of_call(call)
    if found then
      return found
    end
  end
  return nil
end

return M
