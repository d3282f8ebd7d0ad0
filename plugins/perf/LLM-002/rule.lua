-- Handlers whose users wait for the last word of a model before they see the first.

local model_answer = require("model_answer")
local option = require("option")
local words = require("words")

-- Options that ask for something other than prose.
local SHAPED = { "response_format", "tools", "functions", "function_call", "tool_choice", "text_format", "responseSchema", "response_schema", "response_mime_type", "output_config", "output_format", "output", "ResponseFormat", "Tools", "format", "n" }
-- Options that limit the answer, and how many tokens make a short one.
local LENGTHS = { "max_tokens", "max_completion_tokens", "max_output_tokens", "maxTokens", "maxOutputTokens", "MaxTokens", "MaxCompletionTokens" }
local SHORT = 256
-- Options under which others lie.
local NESTED = { "generation_config", "config", "generationConfig", "model_kwargs", "options" }

-- Names of functions that ask for a few words, or for something that a program reads.
local BRIEF = { "title", "classif*", "intent", "categor*", "sentiment", "score", "scoring", "rephras*", "rewrit*", "detect", "extract", "tag", "tagging", "label", "health", "healthz", "ping", "test", "json", "structured", "valid*", "moderat*", "keyword", "yesno", "name", "rename" }

-- Whether the name of a function says so; one that begins with `route_` chooses who answers.
local function is_brief(name)
  return words.has_form_of(name, BRIEF) or name:lower():find("%f[%a]route_") ~= nil
end

-- The options that a call is given, and those that lie under them.
local function holders(call)
  local all = { call }
  for _, name in NESTED do
    local value = option.of(call, name)
    if value and (value.kind == "dict" or value.kind == "call" or value.kind == "name") then
      table.insert(all, value)
    end
  end
  return all
end

local function given(holder, name)
  if holder.kind == "call" then
    return option.of(holder, name)
  end
  return holder:entry(name)
end

local function is_shaped_or_short(call)
  for _, holder in holders(call) do
    for _, name in SHAPED do
      local value, state = given(holder, name)
      if state == "given" and value.kind ~= "null" then
        return true
      end
    end
    for _, name in LENGTHS do
      local value = given(holder, name)
      local most = value and value:literal()
      if type(most) == "number" and most <= SHORT then
        return true
      end
    end
  end
  return false
end

local OTHERWISE = { "in json", "as json", "json object", "json format", "valid json", "json array", "stream" }

-- Whether the code around asks for JSON or speaks of streams: a text for a program, or a choice that is made.
local function speaks_otherwise(func)
  return words.any_in(func.node.source, OTHERWISE)
end

-- How an answer is streamed, as the language writes it.
local function streaming(call)
  local name = call:fact("stream_arg")
  if not name then
    return call:fact("streams_with")
  end
  return call.file.language == "python" and `{name}=True` or `{name}: true`
end

-- Ways to stream an answer, any of which in the file means that the choice was made.
local STREAMS = { "StreamingResponse", "StreamingHttpResponse", "stream=True", "stream: true", "streamText", "text/event-stream", "EventSourceResponse", "stream_with_context", "CompletionStream", "NewStreaming", ".astream(", "ReadableStream" }

local function file_streams(file)
  for _, word in STREAMS do
    if file.text:find(word, 1, true) then
      return true
    end
  end
  return false
end

return {
  check = function(file, matches, report)
    if file.side == "browser" then
      return
    end
    local seen = {}
    for _, match in matches do
      local call = match.node
      local func = call:func()
      if not func or call:reach() ~= "request" or seen[func.node.id] or #call:loops() > 0 then
        continue
      end
      local stream = call:fact("stream_arg")
      if stream and select(2, call:arg(stream)) ~= "absent" or is_shaped_or_short(call) or is_brief(func.name) or speaks_otherwise(func) then
        continue
      end
      local handler, hop = model_answer.answered_by(call)
      if not handler or is_brief(handler.name) or speaks_otherwise(handler) then
        continue
      end
      seen[func.node.id] = true
      report({
        at = call,
        message = `{handler.name ~= "" and handler.name or "this handler"} answers with the text of a model when all of it is written: \`{streaming(call)}\` sends the first words on at once`,
        confidence = (file_streams(file) or file_streams(handler.node.file)) and "low" or "medium",
        related = { { at = handler.node, message = "the handler" }, hop and { at = hop, message = "the text comes back here" } or nil },
        reach = "request",
      })
    end
  end,
}
