// ok: a type alone; mutate: s/import type/import/
import type { sheets_v4 } from "googleapis";

export const day: sheets_v4.Sheets | null = null;
