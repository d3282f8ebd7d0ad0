// Text from bytes of UTF-8 and back: QuickJS has neither `TextDecoder` nor `TextEncoder`. An output may have megabytes, and a loop over
// them in JavaScript takes a second for each two; so all that is valid goes through functions of the engine, a piece at a time.

const REPLACEMENT = 0xfffd;
/** The smallest character that needs so many further bytes: shorter ones written longer are not valid. */
const SMALLEST = [0, 0x80, 0x800, 0x10000];
/** Bytes or units of a piece: engines take no more than some ten thousand arguments. */
const PIECE = 1 << 14;

const isFurther = (byte) => (byte & 0xc0) === 0x80;

const further = (lead) => {
  if (lead < 0x80) return 0;
  if (lead >= 0xc2 && lead < 0xe0) return 1;
  if (lead >= 0xe0 && lead < 0xf0) return 2;
  return lead >= 0xf0 && lead < 0xf5 ? 3 : -1;
};

/** The text of bytes of which some are no UTF-8. */
const replaced = (bytes) => {
  const characters = [];
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at++];
    const count = further(lead);
    if (count <= 0) {
      characters.push(count === 0 ? lead : REPLACEMENT);
      continue;
    }
    let character = lead & (0x3f >> count);
    let read = 0;
    while (read < count && isFurther(bytes[at])) {
      character = (character << 6) | (bytes[at++] & 0x3f);
      read += 1;
    }
    const valid = read === count && character >= SMALLEST[count] && character <= 0x10ffff && (character & ~0x7ff) !== 0xd800;
    characters.push(valid ? character : REPLACEMENT);
  }
  return String.fromCodePoint.apply(null, characters);
};

const decoded = (bytes) => {
  const units = String.fromCharCode.apply(null, bytes);
  if (!/[\x80-\xff]/.test(units)) return units;
  try {
    // `escape` writes each byte as `%xx`, which is how the other one takes UTF-8. It throws at what is none.
    return decodeURIComponent(escape(units));
  } catch {
    return replaced(bytes);
  }
};

/** What is no UTF-8 is replaced. */
export const textOf = (bytes) => {
  const pieces = [];
  for (let start = 0, end; start < bytes.length; start = end) {
    end = Math.min(start + PIECE, bytes.length);
    // No piece ends within a character, which has three further bytes at most.
    for (let back = 0; back < 3 && end < bytes.length && isFurther(bytes[end]); back++) end -= 1;
    pieces.push(decoded(bytes.subarray(start, end)));
  }
  return pieces.join("");
};

export const bytesOf = (text) => {
  // Half a pair of surrogates stands for nothing.
  const whole = text.toWellFormed();
  const units = /[^\x00-\x7f]/.test(whole) ? unescape(encodeURIComponent(whole)) : whole;
  // The one way in QuickJS that is no loop.
  if (Uint8Array.fromBase64 !== undefined) return Uint8Array.fromBase64(btoa(units));
  return Uint8Array.from(units, (unit) => unit.charCodeAt(0));
};
