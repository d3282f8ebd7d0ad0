-- Records of Cloudflare's DNS in Terraform whose traffic passes its network, which compresses what it passes on unless it is told not to.

local M = {}

local KINDS = { "cloudflare_record", "cloudflare_dns_record" }
-- Records that browsers and clients follow to a server; the others say something of mail and of who owns a name.
local FOLLOWED = { A = true, AAAA = true, CNAME = true }
-- Hosts that hand out files alone: what lies there is no answer of a service.
local OF_FILES = { "vercel", "netlify", "pages%.dev", "github%.io", "webflow", "framer", "readme%.io", "gitbook", "%.s3", "s3%-website", "_s3_", "storage%.googleapis", "r2%.dev", "cloudfront" }

-- Whether one of the records of a file passes requests on to a server.
function M.lead_to_server(file)
  for _, document in file.documents or {} do
    for _, kind in KINDS do
      for _, record in document:blocks("resource", { kind }) do
        local proxied, of_type = record:get("proxied"), record:get("type")
        local is_followed = proxied ~= nil and proxied.value == true and (not of_type or FOLLOWED[of_type.text] == true)
        local to = record:get("content") or record:get("value")
        local written = is_followed and to and to.span.source:lower() or ""
        for _, host in OF_FILES do
          is_followed = is_followed and not written:find(host)
        end
        if is_followed then
          return true
        end
      end
    end
  end
  return false
end

return M
