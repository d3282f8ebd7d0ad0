-- Images that are decoded and encoded again while a request waits for its answer.

local set = require("words").set
local waited_for = require("waited_for")
local words = require("words")

-- What encodes an image, by the library's methods, and what changes it.
local ENCODES = set("save", "toBuffer", "toFile", "writeAsync", "getBufferAsync", "getBuffer", "getBase64Async", "write", "make_blob", "pipe")
local CHANGES = set("resize", "thumbnail", "rotate", "convert", "crop", "cover", "scaleToFit", "contain", "fit", "transform", "filter", "webp", "jpeg", "png", "avif", "composite", "extract", "quantize", "sample")

-- What is done with an opened image: the first call that changes it, and the first that encodes it.
local function work_on(open, func)
  local changed, encoded = nil, nil
  local after = open:chained()
  for _, call in after do
    changed = changed or CHANGES[call.name] and call or nil
    encoded = encoded or ENCODES[call.name] and call or nil
  end
  for _, use in open:uses(func.node) do
    local attr = use.node:parent()
    local call = attr and attr.kind == "attr" and attr:parent()
    local all = call and call.kind == "call" and { call, unpack((call:chained())) } or {}
    for _, one in all do
      changed = changed or CHANGES[one.name] and one or nil
      encoded = encoded or ENCODES[one.name] and one or nil
    end
  end
  return changed, encoded
end

-- Whether the function around, or the handler, answers with an image, or is called like one that does.
local function answers_image(call, repo)
  local func = call:func()
  local first = call:route()[1]
  local file = first and repo:open(first.path)
  local text = (func and func.node.source or "") .. (file and file.text:find("isBase64Encoded", 1, true) and "isBase64Encoded" or "")
  local handler = waited_for.handler_of(call):lower()
  return text:find("[\"']image/") ~= nil or text:find("image/{", 1, true) ~= nil or text:find("isBase64Encoded", 1, true) ~= nil or words.any_in(handler, { "thumb", "get_image", "getimage", "serve", "qr", "captcha", "barcode" })
end

-- Work of administrators, which is done once.
local SELDOM = { "logo", "favicon", "icon", "branding", "captcha", "qrcode", "qr_code" }

local function is_seldom(call)
  return words.any_in(call:symbol(), SELDOM) or words.any_in(waited_for.handler_of(call), SELDOM)
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    local seen = {}
    for _, match in matches do
      local call = match.node
      local func = call:func()
      if not func or seen[func.node.id] then
        continue
      end
      local at = call
      if call:fact("image_work") == "open" then
        local changed, encoded = work_on(call, func)
        if not encoded then
          continue
        end
        at = changed or encoded
      end
      local waits = waited_for.by_request(at, repo)
      if waits == "no" then
        continue
      end
      seen[func.node.id] = true
      local library = call:target()[1] or call.name
      report({
        at = call,
        message = `{waited_for.handler_of(call)} answers when an image is decoded and encoded again ({library:match("([%w_%-]+)%.[%w_]+$") or library}): a worker can do that behind the answer`,
        confidence = (waits == "maybe" or answers_image(call, repo) or is_seldom(call)) and "low" or "medium",
        related = not at:same(call) and { { at = at, message = "the work" } } or nil,
        reach = "request",
      })
    end
  end,
}
