// Numbers as every language shows them: the shortest digits that are read back as the same number, never with an exponent.

const EXPONENT = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;

export const plain = (value) => {
  if (Object.is(value, -0)) return "-0";
  if (Math.abs(value) === Infinity) return value > 0 ? "inf" : "-inf";
  const short = String(value);
  const found = EXPONENT.exec(short);
  if (found === null) return short;
  const [, sign, first, more = "", written] = found;
  const digits = first + more;
  const exponent = Number(written);
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  return sign + digits.padEnd(exponent + 1, "0");
};
