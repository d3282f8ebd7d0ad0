-- Base images that carry more than a running service needs, and their lighter variants, by the facts under `base:`.

local words = require("words")

local M = {}

-- An image's name without a mirror's folders for the official ones: `docker/library/python` is `python`.
local function own_name(image)
  local name = image.name or ""
  return name:match("library/([^/]+)$") or name
end

local function parts_of(tag)
  local parts = {}
  for part in (tag or ""):gmatch("[^%-]+") do
    table.insert(parts, part)
  end
  return parts
end

-- Whether a tag has one of some words as a part, `alpine3.20` counted as `alpine`.
local function has_part(tag, wanted)
  for _, part in parts_of(tag:lower()) do
    local word = part:match("^%a+") or part
    if words.holds(wanted, word) or words.holds(wanted, part) then
      return true
    end
  end
  return false
end

-- What facts say of an image that carries too much, and how sure that is; nil for one that does not, or that a variable decides.
function M.burden(repo, image)
  if image.is_scratch or image.is_unknown or not image.name then
    return nil
  end
  local fact = repo:fact("base:" .. own_name(image))
  local tag = image.tag or ""
  if not fact or not fact.carries or tag:find("windows", 1, true) or tag:find("nanoserver", 1, true) then
    return nil
  end
  if fact.heavier and not has_part(tag, fact.heavier) or fact.lighter and has_part(tag, fact.lighter) then
    return nil
  end
  -- A JDK on a slim base is half as large.
  local confidence = if fact.carries == "jdk" and has_part(tag, "slim alpine") then "medium" else "high"
  if not image.tag and image.digest then
    -- A digest alone does not say which variant it is of.
    return if fact.carries == "toolchain" then fact else nil, "medium"
  end
  return fact, confidence
end

-- What a distribution's maker calls its variant for programs, nil where it publishes none of this version.
function M.minimal(image, fact)
  local tag = image.tag or ""
  if not fact.minimal or fact.of_version and tag:sub(1, #fact.of_version) ~= fact.of_version and tag ~= "" and tag ~= "latest" then
    return nil
  end
  return fact.minimal
end

-- Versions of `openjdk` that have an image with a JRE alone.
local HAVE_JRE = words.set("7", "8", "11")

-- The tag of the lighter variant, in the order in which the image's maker writes it; nil where it cannot be told.
function M.tag(image, fact)
  if not fact.pattern then
    return nil
  end
  local tag = image.tag or ""
  if fact.pattern == "runtime" then
    return (tag:gsub("devel", "runtime"))
  end
  local parts = parts_of(tag:gsub("^latest$", ""))
  local version, release = nil, nil
  for _, part in parts do
    if part:find("^v?%d") or part == "lts" or part == "current" or part:find("^python%d") then
      version = version or part
    elseif part ~= "jdk" then
      release = release and `{release}-{part}` or part
    end
  end
  if own_name(image) == "openjdk" and not HAVE_JRE[(version or ""):match("^%d+") or ""] then
    return nil
  end
  local made = {}
  for _, part in parts_of(fact.pattern) do
    local word = if part == "VERSION" then version elseif part == "RELEASE" then release else part
    if word then
      table.insert(made, word)
    end
  end
  return table.concat(made, "-")
end

-- `is_needed` says that a step of the stage asks for what only the full image has.
function M.message(image, fact, is_needed)
  local name = image.resolved
  if fact.carries == "compilers" then
    local saved = fact.packed and ` ({fact.packed} MB of what is pulled)` or ""
    return `the image that ships is made from {name}, which carries compilers, headers and git{saved}; its slim variant runs the same program{is_needed and " when a build stage does what needs them" or ""}`
  elseif fact.carries == "jdk" then
    return `the image that ships is made from {name}, a JDK: a JRE runs the program`
  elseif fact.carries == "cuda" then
    return `the image that ships is made from {name}, which carries the compiler and headers of CUDA; its \`runtime\` variant runs the same program`
  end
  return `the image that ships is made from {name}, a compiler that the finished program does not need; {fact.instead or "its slim variant"} runs it`
end

return M
