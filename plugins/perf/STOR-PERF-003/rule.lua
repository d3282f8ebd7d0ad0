-- Uploads whose bytes pass through the service on their way into an object store, or lie on a disk that the platform throws away: the
-- client could send them to the store itself, with an address that the service signs.

local upload = require("upload")

-- Platforms whose disk is gone with the instance.
local FORGETFUL = { heroku = true, ["cloud-run"] = true, lambda = true, vercel = true, netlify = true, ["app-engine"] = true, ["cloud-functions"] = true, ["app-runner"] = true, render = true, firebase = true }

local function disk_of(repo, path)
  for _, target in repo:deploy_targets(path) do
    if FORGETFUL[target.name] then
      return target
    end
  end
  return nil
end

local function related_of(stored, way)
  local related = {}
  for at, call in way do
    if at <= 8 then
      table.insert(related, { at = call, message = `calls {call.name}` })
    end
  end
  table.insert(related, { at = stored, message = "puts it into the store" })
  return related
end

-- Whether the upload is small, or worked on, as far as the code around says.
local function is_excused(node, func)
  local name = func and func.name or ""
  return upload.is_small_thing(name) or upload.is_small_thing(node.kind == "param" and node.text or "") or upload.is_small_thing(node:symbol()) or upload.is_small(node.kind == "function" and node or (node:statement() or node))
    or func ~= nil and (upload.is_small(func.node) or upload.works_on_bytes(func.node))
end

-- Reports an upload that a function receives at `at`, if the function puts it into a store.
local function judge(at, func, report, what, repo)
  local stored, way = upload.stored(func.node, repo)
  if stored and not is_excused(at, func) and not upload.is_worked_on(way) then
    report({
      at = at,
      message = `{what} passes through this service into an object store; with a signed address the client sends it there itself`,
      confidence = #way == 0 and "high" or "medium",
      reach = "request",
      related = related_of(stored, way),
    })
    return true
  end
  return false
end

-- The functions that a route's call is given.
local function handlers_of(call)
  local all = {}
  for _, arg in call:args() do
    local node = arg.kind == "function" and arg or arg:definition()
    if node and node.kind == "function" then
      table.insert(all, node:func())
    end
  end
  return all
end

-- `multer({ storage: multerS3(...) })` puts what it receives; `dest` and a disk storage keep it.
local function judge_multer(call, report, repo)
  local storage = call:arg("storage") or call:arg(1)
  local made = storage and (storage.kind == "call" and storage or storage:value())
  if upload.is_small(call) or upload.is_small_thing(call.file.path) then
    return
  end
  if made and made.kind == "call" and made:fact("upload_store") == "true" then
    report({
      at = call,
      message = "what this middleware receives passes through the service into a store; with a signed address the client sends it there itself",
      related = { { at = made, message = "the store" } },
      reach = "request",
    })
    return
  end
  local on_disk = made and made.kind == "call" and made.name == "diskStorage" or select(2, call:arg("dest")) == "given"
  local target = on_disk and disk_of(repo, call.file.path)
  if target then
    report({
      at = made and made.kind == "call" and made or call,
      message = `uploads pass through the service onto a disk that {target.name} throws away with the instance; an object store takes them from the client by a signed address`,
      confidence = "medium",
      reach = "request",
      notes = { ["deployment said by"] = target.path },
    })
  end
end

-- The type of a parameter that a framework fills with an upload.
local UPLOADED = "UploadFile"

local function is_file_param(param)
  local kind = param:child("type")
  return kind ~= nil and kind.source:find(UPLOADED, 1, true) ~= nil
end

-- Where the matches begin that are to be looked at: handlers come first, and most files of handlers know no type of an upload.
local function first_of(file, matches)
  if file.text:find(UPLOADED, 1, true) then
    return 1
  end
  local first = #matches + 1
  while first > 1 and matches[first - 1].matcher ~= "handler" do
    first -= 1
  end
  return first
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    local seen = {}
    local function once(node, func, ...)
      if not seen[func.node.id] then
        local report_to, what = ...
        seen[func.node.id] = judge(node, func, report_to, what, repo) or nil
      end
    end
    for at = first_of(file, matches), #matches do
      local match = matches[at]
      local what, node = match.matcher, match.node
      local func = node:func()
      if what == "handler" then
        for _, param in func and func.params or {} do
          if is_file_param(param) then
            once(param, func, report, `the upload \`{param.text}\``)
            break
          end
        end
      elseif what == "files" then
        if func and node:reach() == "request" and #func:route() <= 1 then
          once(node, func, report, "the upload")
        end
      elseif what == "form data" then
        if func and func.reach == "request" and node:receiver() and node:receiver():param_position() == 1 then
          once(node, func, report, "the upload")
        end
      elseif what == "received" then
        for _, one in file.root:descendants("function") do
          local own = one:func()
          local source = own and own.reach == "request" and one.source or ""
          if source:find("req%a*%.files") or source:find("%f[%w]UploadedFile%f[^%w]") and source:find("%.data%f[^%w]") then
            once(one, own, report, "the upload")
          end
        end
      elseif what == "part" then
        local is_asked = func and (node:reach() == "request" or node:reach() == "unknown")
        if is_asked and not upload.is_signed(node) and not upload.is_small_thing(node:symbol()) and node:enclosing("function") then
          report({
            at = node,
            message = "a part of an upload passes through this service into the store; parts can be signed one by one, and the client sends them there itself",
            confidence = node:reach() == "request" and "high" or "medium",
            reach = "request",
          })
        end
      else
        local how = node:fact("receives")
        if how == "middleware" then
          judge_multer(node, report, repo)
        elseif how == "decorator" then
          local around = node:parent()
          while around and around.kind ~= "function" and around.kind ~= "class" do
            around = around:parent()
          end
          if around and around.kind == "function" then
            once(node, around:func(), report, "the upload")
          end
        elseif how == "route" then
          for _, use in node:uses(file.root) or {} do
            for _, outer in use.calls do
              for _, handler in handlers_of(outer) do
                once(node, handler, report, "the upload")
              end
            end
          end
        elseif func then
          once(node, func, report, "the upload")
        end
      end
    end
  end,
}
