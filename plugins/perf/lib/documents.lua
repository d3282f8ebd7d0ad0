-- Documents that people read when a service is slow or about to change: found by file name and headings, judged by what they have to say. What each of them is
-- about is data in `subjects`.

local headings = require("headings")
local served = require("served")
local words = require("words")

local documents = {}

-- Words that name no subject of their own.
local NEUTRAL = words.set(
  "a", "an", "and", "the", "of", "for", "in", "on", "to", "our", "how", "with", "when", "what", "is", "docs", "doc", "document", "documentation", "guide", "guides", "overview", "strategy", "strategies", "policy", "policies",
  "design", "architecture", "notes", "note", "reference", "page", "plan", "plans", "layer", "layers", "runbook", "runbooks", "playbook", "playbooks", "procedure", "procedures", "steps", "response", "incident", "troubleshooting",
  "operations", "ops", "service", "services", "system", "server", "api", "app", "application", "backend", "production", "prod", "high", "readme", "index", "config", "configuration", "md"
)

-- What makes a document one to act by.
local RUNBOOK = { "runbook", "playbook", "troubleshoot", "incident", "procedure", "oncall", "on-call", "operations", "/ops/", "emergency", "run book", "how to", "how-to", "howto" }

-- Where documents lie that speak to programs or to those who change the code, or of something else than this service. A folder of the root has a slash before it.
local ELSEWHERE = { "/agents%.", "/claude%.", "/contributing%.", "/%.[%w]", "/node_modules/", "/vendor/", "/templates?/", "/skills/", "/prompts?/", "changelog", "/i18n/", "/locales?/", "/blog/", "/news/", "/releases?/" }

local DECISIONS = { "/adrs?/", "/decisions/", "/rfcs?/" }

local function lies_elsewhere(path, subject)
  local rooted = "/" .. path:lower():gsub("^%.github/", "github/")
  for _, list in { ELSEWHERE, if subject.decisions then {} else DECISIONS } do
    for _, form in list do
      if rooted:find(form) then
        return true
      end
    end
  end
  return false
end

-- Whether a text names the subject: all forms of one of the alternatives are in it, and none that means something else.
local function names(subject, text)
  text = text:lower()
  for _, form in subject.unless or {} do
    if text:find(form) then
      return false
    end
  end
  for _, alternative in subject.named do
    local fits = true
    for _, form in alternative do
      fits = fits and text:find(form) ~= nil
    end
    if fits then
      return true
    end
  end
  return false
end

local function is_own_word(subject, word)
  for _, alternative in subject.named do
    for _, form in alternative do
      if word:find((form:gsub("%%f%[.-%]", ""))) then
        return true
      end
    end
  end
  return subject.also ~= nil and subject.also[word] == true
end

-- Whether a name says the subject and nothing else.
local function is_named_after(subject, name)
  local spaced = table.concat(words.of(name), " ")
  if not names(subject, spaced) then
    return false
  end
  for _, word in words.of(name) do
    if not NEUTRAL[word] and not is_own_word(subject, word) then
      return false
    end
  end
  return true
end

-- What the body does not say of what the subject asks for.
local function missing_in(subject, body)
  body = "\n" .. body:lower()
  local missing = {}
  for _, part in subject.parts do
    local is_said = false
    for _, form in part.any do
      is_said = is_said or body:find(form) ~= nil
    end
    if not is_said then
      table.insert(missing, part.says)
    end
  end
  return missing
end

local function is_to_act_by(text)
  return words.any_in(text, RUNBOOK)
end

-- The parts of a document that are about the subject: {path, file, line, missing, dedicated}.
local function parts_of(subject, file)
  local all = {}
  local path = file.path
  local stem = path:match("([^/]*)%.%w+$") or path
  local sections = headings.of(file)
  local title = sections[1] and sections[1].level == 1 and sections[1].text or ""
  local is_about = true
  for _, list in subject.context or {} do
    is_about = is_about and words.any_in(file.text, list)
  end
  local is_runbook = not subject.runbook or is_to_act_by(`/{path} {title}`)
  if is_about and is_runbook and (is_named_after(subject, stem) or is_named_after(subject, title)) then
    table.insert(all, { file = file, line = sections[1] and sections[1].line or 1, missing = missing_in(subject, file.text), dedicated = true })
    return all
  end
  for _, section in sections do
    if names(subject, section.text) and (not subject.runbook or is_to_act_by(`/{path} {title} {section.text} {section.above}`)) then
      table.insert(all, { file = file, line = section.line, text = section.text, missing = missing_in(subject, section.body), dedicated = false })
    end
  end
  return all
end

-- Files that are looked into at most: by then one should have been found.
local MOST = 200

-- The part of any document that lacks least; one that is a document of its own before one that is a section.
local function best_of(subject, repo)
  local best, seen, count = nil, {}, 0
  for _, matcher in { "named", "heading" } do
    for _, path in repo:matched(matcher) do
      if not seen[path] and count < MOST and not lies_elsewhere(path, subject) then
        seen[path] = true
        count += 1
        local file = repo:open(path)
        for _, part in file and parts_of(subject, file) or {} do
          local is_better = not best or #part.missing == 0 and #best.missing > 0
            or (#best.missing > 0 and (part.dedicated and not best.dedicated or part.dedicated == best.dedicated and #part.missing < #best.missing))
          best = if is_better then part else best
        end
      end
    end
  end
  return best
end

-- A list in words: `a, b and c`.
local function listed(items, last)
  if #items == 1 then
    return items[1]
  end
  return `{table.concat(items, ", ", 1, #items - 1)} {last} {items[#items]}`
end

-- The script of a rule about one subject. `needed` is the evidence matcher that shows that the subject exists here, or a function that knows, with the reason where it does not.
function documents.rule(subject, needed)
  local function check_repository(repo, report)
    if not served.is_service(repo) then
      return { not_applicable = served.NO_SERVICE }
    end
    local best = best_of(subject, repo)
    if best and #best.missing == 0 then
      return nil
    end
    if best and best.dedicated then
      report({
        at = best.file:line_span(best.line),
        message = `{subject.this} does not say {listed(best.missing, "or")}`,
        severity = "low",
        confidence = "medium",
        notes = { missing = table.concat(best.missing, "; ") },
      })
      return nil
    end
    if needed and #repo:matched(needed.matcher) == 0 and not (needed.about and needed.about(repo)) then
      return { not_applicable = needed.reason }
    end
    local asked = {}
    for _, part in subject.parts do
      table.insert(asked, part.says)
    end
    local where = if best then `the section "{best.text}" of \`{best.file.path}\` does not say {listed(best.missing, "or")}` else "nothing in this repository does"
    return { needs_evidence = `{where}: write {subject.write} that says {listed(asked, "and")}, or link it where it lies in a wiki` }
  end
  return { check_repository = check_repository }
end

return documents
