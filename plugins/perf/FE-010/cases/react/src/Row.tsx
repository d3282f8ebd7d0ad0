import { memo } from "react";

export const Row = memo(function Row({ name, onPick, style }) {
  return <li style={style} onClick={onPick}>{name}</li>;
});

export const Compared = memo(({ name }) => <li>{name}</li>, (before, after) => before.name === after.name);
