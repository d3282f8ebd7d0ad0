// What the matchers of a rule found in a file, on the rows that perfctl hands over: reading them asks perfctl nothing.

import { Node, Span } from "./model.js";

/** Numbers of a row: matcher, capture, first byte, where it ends, and what it is. */
const STRIDE = 5;
/** The upper four bits of a number say what it is. */
const NODE = 1;
const SPAN = 2;
const FILE = 3;

const kindOf = (handle) => handle >>> 28;
const thing = (handle) => (kindOf(handle) === NODE ? new Node(handle) : new Span(handle));

/** Names for a message. */
export const named = (names) => (names.length === 0 ? "none" : names.map((name) => `\`${name}\``).join(", "));

/** The matchers that `rule.toml` declares, as the rows number them. */
export class Matchers {
  constructor(matchers) {
    this.names = matchers.map((matcher) => matcher.name);
    this.captures = matchers.map((matcher) => new Map(matcher.captures.map((name, at) => [name, at + 1])));
  }
}

// Fields with an underscore are not for authors. Private ones cost QuickJS several times as much, and a file may have many matches.
export class Match {
  constructor(matches, row, end) {
    this._matches = matches;
    this._row = row;
    this._end = end;
    // What matched is a place, too: a finding may stand there.
    this._handle = matches._rows[row + 4];
  }

  get matcher() {
    const { _matchers, _rows } = this._matches;
    return _matchers.names[_rows[this._row]];
  }

  get file() {
    return this._matches.file;
  }

  get node() {
    return kindOf(this._handle) === NODE ? new Node(this._handle) : null;
  }

  get span() {
    if (kindOf(this._handle) === SPAN) return new Span(this._handle);
    const { bytes } = this;
    return bytes && this.file.span(...bytes);
  }

  get bytes() {
    const { _rows } = this._matches;
    return kindOf(this._handle) === FILE ? null : [_rows[this._row + 2], _rows[this._row + 3]];
  }

  _number(name) {
    const { _matchers, _rows } = this._matches;
    const captures = _matchers.captures[_rows[this._row]];
    const number = captures.get(name);
    if (number !== undefined) return number;
    throw new RangeError(`the matcher \`${this.matcher}\` captures no \`${name}\`: there is ${named([...captures.keys()])}`);
  }

  capture(name) {
    const number = this._number(name);
    const rows = this._matches._rows;
    for (let row = this._row + STRIDE; row < this._end; row += STRIDE) {
      if (rows[row + 1] === number) return thing(rows[row + 4]);
    }
    return null;
  }

  captures(name) {
    const number = this._number(name);
    const found = [];
    const rows = this._matches._rows;
    for (let row = this._row + STRIDE; row < this._end; row += STRIDE) {
      if (rows[row + 1] === number) found.push(thing(rows[row + 4]));
    }
    return found;
  }
}

export class Matches {
  constructor(file, rows, matchers) {
    this.file = file;
    this._rows = rows;
    this._matchers = matchers;
    // Where each match begins: rows of captures have another number than 0.
    this._starts = [];
    for (let row = 0; row < rows.length; row += STRIDE) {
      if (rows[row + 1] === 0) this._starts.push(row);
    }
  }

  get length() {
    return this._starts.length;
  }

  at(index) {
    const given = Math.trunc(index) || 0;
    const at = given < 0 ? this._starts.length + given : given;
    const start = this._starts[at];
    return start === undefined ? undefined : new Match(this, start, this._starts[at + 1] ?? this._rows.length);
  }

  *[Symbol.iterator]() {
    for (let at = 0; at < this._starts.length; at++) {
      yield new Match(this, this._starts[at], this._starts[at + 1] ?? this._rows.length);
    }
  }

  of(matcher) {
    const { names } = this._matchers;
    const number = names.indexOf(matcher);
    if (number < 0) throw new RangeError(`the rule has no matcher \`${matcher}\`: there is ${named(names)}`);
    const found = [];
    this._starts.forEach((start, at) => {
      if (this._rows[start] === number) found.push(new Match(this, start, this._starts[at + 1] ?? this._rows.length));
    });
    return found;
  }
}
