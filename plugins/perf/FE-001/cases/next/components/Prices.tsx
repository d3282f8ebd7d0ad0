import { useState } from "react";
// ok: the framework takes named imports one by one; mutate: s/{ sortBy }/sortBy/
import { sortBy } from "lodash";

export const Prices = ({ all }: { all: number[] }) => <ul onClick={() => useState(sortBy(all))} />;
