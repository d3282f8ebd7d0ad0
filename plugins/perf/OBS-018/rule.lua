-- Whether a response says how long the server took for it.

local presence = require("presence")

-- How the header is called where code sets it; a name that stands alone on its line is one of a list of names.
local NAMES = { "server%-timing", "server_timing", "servertiming", "x%-%a+%-time", "x%-%a+%-duration", "x%-runtime", "add_header", "x%-envoy%-upstream%-service%-time" }

-- Whether a line reads the header of another service's answer.
local function reads(small, name)
  local key = "[\"'`]%s*[%w%-]*" .. name
  return small:find("get%(%s*" .. key) ~= nil or small:find("%[%s*" .. key .. "[%w%-]*[\"'`]%s*%]") ~= nil and not small:find("%]%s*=[^=]")
end

local function is_set(repo)
  for _, path in repo:matched("header") do
    for _, line in string.split(repo:text(path) or "", "\n") do
      local small = line:lower()
      for _, name in NAMES do
        if small:find(name) and not presence.is_comment(line, path) and not reads(small, name) and not small:find("^%s*[\"'][%w%-]+[\"'],?%s*$") then
          return true
        end
      end
    end
  end
  return false
end

return {
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = is_set(repo) and { "header", "middleware" } or { "middleware" },
      about = presence.serves,
      nothing = "nothing in this repository answers requests",
      missing = "nothing in the repository sets `Server-Timing`; link a response that tells its time",
    })
  end,
}
