-- Functions that are given the address of a document as often as the document: only with the address they ask another service.

local words = require("words")

local M = {}

local ADDRESSES = words.set("url", "urls", "uri", "link", "href", "feed", "address", "endpoint", "rss", "site", "source")
local TEXTS = words.set("text", "content", "contents", "xml", "data", "body", "file", "raw", "string", "response", "resp", "bytes", "read", "stream", "document", "html", "open", "path_to_file")

-- What the words of an expression say: "address", "text", or nothing.
local function said(source)
  local address = nil
  for _, word in words.of(source) do
    if TEXTS[word] then
      return "text"
    end
    address = address or ADDRESSES[word] and "address" or nil
  end
  return address
end

-- Whether what a call is given first is an address, as far as the text, the names or what they stand for say so.
function M.is_address(call)
  local given = call:arg(1)
  if not given then
    return false
  end
  local text = given:joined()
  if text and text:find("^https?://") then
    return true
  end
  local value = given.kind == "name" and given:value() or nil
  if value and value.kind == "call" and (value:fact("kind") ~= nil or said(value.name) == "text") then
    return false
  end
  if value and value.kind == "attr" and said(value.text) == "text" then
    return false
  end
  return (given.kind == "name" or given.kind == "attr" or given.kind == "index") and said(given.source) == "address"
end

return M
