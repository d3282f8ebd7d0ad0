import { useMemo } from "react";
import sortBy from "lodash/sortBy"; // ok: one function of its own module; mutate: s|sortBy from "lodash/sortBy"|{ sortBy } from "lodash"|

export const Orders = ({ rows }) => <ul>{useMemo(() => sortBy(rows, "day"), [rows]).map((row) => <li key={row.id} />)}</ul>;
