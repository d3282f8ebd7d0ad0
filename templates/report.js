// Search, sort and open; the page says everything without this too.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const tools = document.querySelector(".tools");
  const rules = all("details.rule");

  if (tools) {
    const findings = all(".finding");
    const texts = new Map();
    const textOf = (finding) => {
      if (!texts.has(finding)) {
        const rule = finding.closest(".rule").querySelector("summary").textContent;
        texts.set(finding, (rule + " " + finding.textContent).toLowerCase());
      }
      return texts.get(finding);
    };
    const query = tools.querySelector("#q");
    const found = tools.querySelector("#found");
    const boxes = all("input[name=sev]", tools);
    const filter = () => {
      const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
      const off = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
      let shown = 0;
      for (const finding of findings) {
        const hit = !off.has(finding.dataset.sev) && words.every((word) => textOf(finding).includes(word));
        finding.hidden = !hit;
        shown += hit;
      }
      for (const rule of rules) {
        const some = rule.querySelector(".finding:not([hidden])") !== null;
        rule.hidden = !some;
        if (some && words.length) {
          rule.open = true;
          for (const further of all(".further", rule)) {
            further.open = further.querySelector(".finding:not([hidden])") !== null;
          }
        }
      }
      found.textContent = shown === findings.length ? "" : `${shown} of ${findings.length}`;
    };
    let timer;
    query.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 120); });
    boxes.forEach((box) => box.addEventListener("change", filter));
    tools.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
    tools.querySelector("#open-all").addEventListener("click", () => rules.forEach((rule) => { rule.open = true; }));
    tools.querySelector("#close-all").addEventListener("click", () => rules.forEach((rule) => { rule.open = false; }));
    tools.hidden = false;
  }

  for (const table of all("table.sortable")) {
    const heads = all("thead th", table);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
        const order = new Intl.Collator("en", { numeric: true }).compare;
        const rows = [...table.tBodies[0].rows].sort((a, b) => order(key(a), key(b)));
        table.tBodies[0].append(...(down ? rows.reverse() : rows));
      });
    });
  }

  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("details")) {
      target.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((details) => { details.open = false; }));
})();
