import { useState } from "react";
// ok: icons by name, which the bundler can follow; mutate: s|<Icons.House />|{Icons[open]}|
import * as Icons from "@phosphor-icons/react";
// ok: a type alone; mutate: s/import { Moment } from/import Moment from/ s/const day: Moment/const day = Moment(); const other: Date/
import { Moment } from "moment";
// ok: one function of its own module; mutate: s|"lodash/debounce"|"lodash"|
import debounce from "lodash/debounce";

export const Menu = () => {
  const [open, setOpen] = useState("House");
  const day: Moment | undefined = undefined;
  return <nav onClick={debounce(() => setOpen(String(day)))}><Icons.House /></nav>;
};
