-- Mails, documents, browsers and recordings that the answer to a request waits for.

local lifetime = require("lifetime")
local set = require("words").set
local waited_for = require("waited_for")
local work_queues = require("work_queues")
local words = require("words")

local WORK = { mail = "a mail is sent", ["mail-api"] = "a mail is handed over", document = "a document is made", browser = "a browser is started", ["remote-browser"] = "a page is rendered in a browser elsewhere", recording = "a recording is converted", program = "a program is run" }

-- Programs that take their time.
local PROGRAMS = { "ffmpeg", "libreoffice", "soffice", "wkhtmltopdf", "wkhtmltoimage", "chromium", "google-chrome", "yt-dlp", "youtube-dl", "tesseract", "gs", "pdftoppm", "pandoc", "latex", "pdflatex", "xelatex", "ogr2ogr", "gdalwarp", "gdal_translate", "terraform", "ansible-playbook", "mysqldump", "pg_dump" }

-- Handlers that try something out, or answer the one who waits for the result.
local TRIED = { "test", "preview", "check", "verifysmtp", "ping", "health", "healthz", "smtpconfig" }

-- The slow program that a call starts, by its name; nil for others.
local function program_of(call)
  local first = call:arg(1)
  if call.name == "CommandContext" then
    first = call:arg(2)
  end
  if first and first.kind == "list" then
    first = first:children("item")[1]
  end
  local text = first and (first:joined() or first:literal())
  local name = type(text) == "string" and text:match("^%s*([^%s]+)")
  name = name and name:match("[^/]+$")
  for _, program in PROGRAMS do
    if name == program then
      return program
    end
  end
  return nil
end

-- Whether it only asks a program for its version or the like.
local function only_asks(call)
  return call.source:find("[\"'`%s]%-%-?version%f[^%w_-]") ~= nil or call.source:find("[\"']version[\"']") ~= nil or call.source:find("--help", 1, true) ~= nil or call.source:find("-L\"", 1, true) ~= nil
end

-- Whether the file in which the request begins answers messages, not people: events of a queue, of a bucket, of a stream.
local function answers_events(call, repo)
  local first = call:route()[1]
  local file = first and repo:open(first.path)
  return file ~= nil and (file.text:find("%.Records") ~= nil or file.text:find("[\"']Records[\"']") ~= nil or file.text:find("onDocument", 1, true) ~= nil or file.text:find("onMessagePublished", 1, true) ~= nil or file.text:find("onSchedule", 1, true) ~= nil)
end

-- Whether a browser is started once and kept: `browser ??= await puppeteer.launch()`.
local function is_kept_browser(call, work)
  if work ~= "browser" and work ~= "remote-browser" then
    return false
  end
  local found = lifetime.of(call)
  return found.life == "shared" and found.is_kept == true
end

local LATER = { ".delay(", "apply_async", "enqueue", "Thread(", ".send_task(", ".defer(" }

-- Whether the repository's own users put their mails into a queue.
local function is_put_aside(repo)
  for _, path in repo:matched("own mail to a user") do
    local body = (repo:text(path) or ""):match("def email_user(.*)$") or ""
    -- To the next definition.
    body = body:match("^(.-)\n%s*def ") or body
    for _, sign in LATER do
      if body:find(sign, 1, true) then
        return true
      end
    end
  end
  return false
end

-- Mail to a user of Django, by the name of the method that its users have.
local function is_mail_to_user(call, repo)
  return call.name == "email_user" and call:receiver() ~= nil and repo:imports("django.contrib.auth**") and not is_put_aside(repo)
end

local function is_django_mail(call)
  if call.name == "email_user" then
    return true
  end
  for _, path in call:target() do
    if path:find("^django%.core%.mail") then
      return true
    end
  end
  return false
end

-- Loops of what a process does by itself.
local IN_LOOPS = set("poll", "paging")

-- Whether the document is what the request is answered with: somebody waits to see it.
local function is_the_answer(func, work)
  return work == "document" and words.any_in(func.node.source, { "application/pdf", "send_file", "fileresponse" })
end

-- What could do it behind the answer; `first` is the function at which the request begins.
local function behind(repo, file, first)
  local queue, where = work_queues.near(repo, file)
  if queue then
    return `{queue}, which {where} uses, can do that behind the answer`
  end
  local handler = first and not first.symbol:find(".", 1, true) and repo:open(first.path)
  if handler and handler:imports({ "fastapi**", "starlette**" }) then
    return "no queue is used in this repository, a `BackgroundTasks` of the handler is a beginning"
  end
  return "no queue is used in this repository, one would let it answer at once"
end

-- The same with what there is to spare where the answer has to wait.
local function instead(repo, file, first, work)
  local said = behind(repo, file, first)
  if work == "browser" then
    return said .. "; where the answer is what the browser makes, one that is kept, with a context per request, spares its start"
  end
  return said
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
      local work = call:fact("long_work") or is_mail_to_user(call, repo) and "mail" or nil
      local program = not work and program_of(call)
      if not func or seen[func.node.id] or not work and (not program or only_asks(call)) then
        continue
      end
      local waits, first = waited_for.by_request(call, repo)
      local loop = call:loops()[1]
      if waits == "no" or loop and IN_LOOPS[loop.kind] or answers_events(call, repo) or is_kept_browser(call, work) then
        continue
      elseif is_django_mail(call) and #repo:matched("queued mail") > 0 then
        continue
      end
      seen[func.node.id] = true
      local handler = waited_for.title(first, call)
      local is_tried = call.name == "mail_admins" or words.has_form_of(first and first.symbol or "", TRIED) or words.has_form_of(func.name, { "test" })
      report({
        at = call,
        message = `{handler} answers only when {WORK[work or "program"]} ({program or call.name}): {instead(repo, file, first, work)}`,
        confidence = (waits == "maybe" or work == "mail-api" or is_tried or is_the_answer(func, work)) and "low" or "medium",
        reach = "request",
      })
    end
  end,
}
