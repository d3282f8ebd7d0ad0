// Search and filters; the page says everything without this too.
(() => {
  "use strict";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const tools = document.querySelector(".tools");
  const query = document.querySelector("#q");
  const selects = all(".tools select");
  const rules = all("article.rule");
  const rows = new Map(all("#matrix tbody tr").map((row) => [row.dataset.id, row]));
  const texts = new Map(rules.map((rule) => [rule, rule.textContent.toLowerCase()]));
  // Titles name one place and people ask for many: `timeouts` finds `timeout`.
  const has = (text, word) => text.includes(word) || (word.length > 3 && word.endsWith("s") && text.includes(word.slice(0, -1)));
  const found = document.querySelector("#found");
  const none = document.querySelector("#none");
  tools.hidden = false;

  const filter = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = selects.filter((select) => select.value);
    let shown = 0;
    for (const rule of rules) {
      const fits = wanted.every((select) => rule.dataset[select.name].split(" ").includes(select.value));
      const hit = fits && words.every((word) => has(texts.get(rule), word));
      rule.hidden = !hit;
      const row = rows.get(rule.id);
      if (row) row.hidden = !hit;
      shown += hit;
    }
    found.textContent = `${shown} of ${rules.length}`;
    none.hidden = shown > 0;
  };
  const clear = () => {
    query.value = "";
    for (const select of selects) select.value = "";
    filter();
  };
  // A link to a rule is worth more than what was searched for before.
  const follow = () => {
    const rule = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (rule && rule.hidden) {
      clear();
      rule.scrollIntoView();
    }
  };
  query.addEventListener("input", filter);
  for (const select of selects) select.addEventListener("change", filter);
  addEventListener("hashchange", follow);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const writes = event.target.matches("input, select, textarea");
    if (event.key === "Escape" && writes) {
      clear();
      event.target.blur();
    } else if (event.key === "/" && !writes) {
      event.preventDefault();
      query.focus();
    } else if ((event.key === "j" || event.key === "k") && !writes) {
      const seen = rules.filter((rule) => !rule.hidden);
      const at = seen.findIndex((rule) => rule === document.activeElement);
      const next = seen[event.key === "j" ? at + 1 : Math.max(at - 1, 0)];
      if (next) {
        next.focus();
        next.scrollIntoView();
      }
    }
  });
  filter();
  follow();
})();
