-- Files that set tests up and lie beside the service's own code: folders such as `test-utils`, what runners of tests load before the first test.

local set = require("words").set

local M = {}

local FOLDERS = set("testutil", "testutils", "testhelper", "testhelpers", "testsupport", "testsetup", "testlib", "testkit", "testcontainers", "testfixtures")
local FILES = set("globalsetup", "globalteardown", "jestsetup", "setupjest", "vitestsetup", "setupvitest", "mochasetup", "setuptests", "testsetup", "testutil", "testutils", "testhelper", "testhelpers", "testdb")

local function plain(word)
  return (word:lower():gsub("[-_.]", ""))
end

local function is_setup(path)
  local folders, name = path:match("^(.*)/([^/]*)$")
  for folder in (folders or ""):gmatch("[^/]+") do
    if FOLDERS[plain(folder)] then
      return true
    end
  end
  return FILES[plain((name or path):gsub("%.%w+$", ""))] or false
end

-- Known of each file that was asked about, since every call in it is.
local known = {}

-- Whether a file serves tests only, by its path below what the user named.
function M.is(file)
  local path = file.path_below_named
  if known[path] == nil then
    known[path] = is_setup(path)
  end
  return known[path]
end

return M
