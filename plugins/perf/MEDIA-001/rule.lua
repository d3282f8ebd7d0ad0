-- Images that are decoded and encoded again while a request waits for its answer.

local image_answers = require("image_answers")
local image_input = require("image_input")
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

-- Work of administrators, which is done once.
local SELDOM = { "logo", "favicon", "icon", "branding", "captcha", "qrcode", "qr_code" }

local function is_seldom(call, first)
  return words.any_in(call:symbol(), SELDOM) or words.any_in(first and first.symbol or "", SELDOM)
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
      local waits, first = waited_for.by_request(at, repo)
      if waits == "no" or image_input.is_input(at) then
        continue
      end
      seen[func.node.id] = true
      local is_answer, is_kept = image_answers.of(call, first, repo)
      if is_kept then
        continue
      end
      local library = (call:target()[1] or call.name):match("[^/]+$")
      local instead = if is_answer then "a cache in front of it would make each image once, `http.request.p95` of the route says what that is worth" else "a worker can do that behind the answer"
      report({
        at = call,
        message = `{waited_for.title(first, call)} answers {is_answer and "with an image that is" or "only when an image is"} decoded and encoded again ({library}): {instead}`,
        -- A model takes far longer than the image.
        confidence = (waits == "maybe" or is_answer or is_seldom(call, first) or image_input.asks_model(func)) and "low" or "medium",
        related = not at:same(call) and { { at = at, message = "the work" } } or nil,
        reach = "request",
      })
    end
  end,
}
