// ok: a script that is run by hand
import { google } from "googleapis";

console.log(google);
