import { task } from "@trigger.dev/sdk/v3";
import { mkdtempSync, writeFileSync } from "fs";

import { cutInto } from "../lib/cut";

export const cutFilm = task({
  id: "cut-film",
  run: async (film: { bytes: Buffer }) => {
    // ok: runs in a container with a disk, whatever page calls it; mutate: s/import { task } from "@trigger.dev\/sdk\/v3"/import { task } from "..\/lib\/tasks"/
    const directory = mkdtempSync("film-");
    writeFileSync(directory + "/a.mp4", film.bytes);
    cutInto(film.bytes);
  },
});
