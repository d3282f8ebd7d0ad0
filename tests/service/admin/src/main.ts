// The depots' page: what lies where.
import debounce from "lodash/debounce";

import { ApiError, lastShown, parcelsOf, type Row } from "./api";
import { ago } from "./dates";

const form = document.querySelector<HTMLFormElement>("#search")!;
const body = document.querySelector<HTMLTableSectionElement>("#rows")!;
const message = document.querySelector<HTMLParagraphElement>("#message")!;

function draw(rows: Row[]): void {
  body.replaceChildren(
    ...rows.map((row) => {
      const line = document.createElement("tr");
      for (const text of [row.tracking_number, row.status]) {
        line.insertCell().textContent = text;
      }
      return line;
    }),
  );
}

function summary(rows: Row[]): string {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    counts[row.status] = (counts[row.status] ?? 0) + 1;
  }
  return Object.keys(counts)
    .sort()
    .map((status) => `${status}: ${counts[status]}`)
    .join(", ");
}

let asked = new Date();
window.addEventListener("focus", debounce(() => (message.title = `asked ${ago(asked)}`), 250));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const depot = Number(new FormData(form).get("depot"));
  try {
    const rows = await parcelsOf(depot);
    asked = new Date();
    draw(rows);
    message.textContent = summary(rows);
  } catch (error) {
    draw(lastShown(depot));
    message.textContent = error instanceof ApiError ? error.message : "no connection";
  }
});
