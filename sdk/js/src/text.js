// Text from bytes of UTF-8 and back: QuickJS has neither `TextDecoder` nor `TextEncoder`.

const REPLACEMENT = 0xfffd;
/** The smallest character that needs so many further bytes: shorter ones written longer are not valid. */
const SMALLEST = [0, 0x80, 0x800, 0x10000];

const further = (lead) => {
  if (lead < 0x80) return 0;
  if (lead >= 0xc2 && lead < 0xe0) return 1;
  if (lead >= 0xe0 && lead < 0xf0) return 2;
  return lead >= 0xf0 && lead < 0xf5 ? 3 : -1;
};

/** What is no UTF-8 is replaced. */
export const textOf = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at++];
    const count = further(lead);
    if (count <= 0) {
      text += String.fromCodePoint(count === 0 ? lead : REPLACEMENT);
      continue;
    }
    let character = lead & (0x3f >> count);
    let read = 0;
    while (read < count && (bytes[at] & 0xc0) === 0x80) {
      character = (character << 6) | (bytes[at++] & 0x3f);
      read += 1;
    }
    const valid = read === count && character >= SMALLEST[count] && character <= 0x10ffff && (character & ~0x7ff) !== 0xd800;
    text += String.fromCodePoint(valid ? character : REPLACEMENT);
  }
  return text;
};

export const bytesOf = (text) => {
  const bytes = [];
  for (const one of text) {
    const read = one.codePointAt(0);
    // Half a pair of surrogates stands for nothing.
    const character = (read & ~0x7ff) === 0xd800 ? REPLACEMENT : read;
    const count = SMALLEST.findLastIndex((smallest) => character >= smallest);
    if (count === 0) {
      bytes.push(character);
      continue;
    }
    bytes.push(((0xff << (7 - count)) & 0xff) | (character >> (6 * count)));
    for (let rest = count - 1; rest >= 0; rest--) bytes.push(0x80 | ((character >> (6 * rest)) & 0x3f));
  }
  return Uint8Array.from(bytes);
};
