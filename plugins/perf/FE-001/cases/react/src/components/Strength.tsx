import { useMemo } from "react";
import zxcvbn from "zxcvbn"; // finding: FE-001 confidence: medium

export const Strength = ({ word }: { word: string }) => <meter value={useMemo(() => zxcvbn(word).score, [word])} />;
