-- Calls that make the client of a database or a cache: whose it is, and whether a call that could be one is one.

local M = {}

-- Whether a call makes a client: `client.connect()` opens one that is there already, `MongoClient.connect(url)` makes it.
function M.makes_one(call)
  if call.name ~= "connect" then
    return true
  end
  local receiver = call:receiver()
  for _, origin in receiver and receiver:origin() or {} do
    if origin:sub(-2) == "()" then
      return false
    end
  end
  return true
end

return M
