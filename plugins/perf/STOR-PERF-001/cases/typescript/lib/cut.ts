import { mkdtempSync, writeFileSync } from "fs";

export function cutInto(bytes: Buffer) {
  const directory = mkdtempSync("cut-"); // ok: only a task calls it
  writeFileSync(directory + "/b.mp4", bytes);
}

export function coverInto(bytes: Buffer) {
  const directory = mkdtempSync("cover-"); // finding: STOR-PERF-001
  writeFileSync(directory + "/c.png", bytes);
}
