// Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.
//
// The audited repository as rules see it. Bytes and indices count from 0, and what ends somewhere ends before that byte; bytes are those
// of UTF-8, not units of a string. Lines count from 1. Paths have forward slashes and start at the root of the audited repository. An object
// means something until the call returns in which a rule got it. What perfctl answers with an error, such as a pattern that could not
// fit any path, is thrown as an `Error`.

/** How the code at a place comes to run. */
export type Reach = "request" | "worker" | "startup" | "build" | "unknown" | "script" | "test";

/** What a finding costs if it is true. */
export type Severity = "low" | "medium" | "high" | "critical";

/**
 * How probable it is that a finding is true: "high" when every fact that separates it from the known false alarms was decided,
 * "medium" when one could not be decided, "low" for a suspicion that is shown on request only.
 */
export type Confidence = "low" | "medium" | "high";

/** What may be done with a fix unasked: "safe" is written by default, "unsafe" on request, "shown-only" never. */
export type Safety = "safe" | "unsafe" | "shown-only";

/** What kind of file a path is. */
export type PathClass = "source" | "test" | "migration" | "script" | "example" | "generated" | "vendored";

/** Where code runs. */
export type Side = "server" | "browser" | "unknown";

/**
 * Whether something was found: "given", "absent" (known not to be there), or "hidden" (it may be there, but cannot be seen: behind
 * `**options` that come from elsewhere, behind a template). Only "absent" is a reason to report.
 */
export type Presence = "given" | "absent" | "hidden";

/** What running a call does to the world. */
export type Effect =
  | "db-read" | "db-write" | "db-connect" | "http" | "cache" | "queue" | "storage" | "disk"
  | "process" | "sleep" | "mail" | "secret" | "compute" | "rpc";

/** What a loop turns over: few constants, the rows of one stream, slices of the data, pages, attempts, time, the items of some data. */
export type LoopKind = "constant" | "stream" | "chunk" | "paging" | "retry" | "poll" | "per-item" | "unknown";

/**
 * What a node of code is. The tree is the same for Python, JavaScript, TypeScript and Go; brackets, type assertions and Go's `&x`
 * and `*x` are left out.
 */
export type NodeKind =
  | "module" | "block" | "function" | "param" | "class" | "if" | "for" | "c-for"
  | "while" | "with" | "with-item" | "try" | "handler" | "switch" | "case" | "expr-stmt"
  | "assign" | "aug-assign" | "return" | "raise" | "break" | "continue" | "delete" | "global"
  | "assert" | "go" | "defer" | "import" | "import-name" | "export" | "name" | "attr"
  | "call" | "kw-arg" | "spread" | "index" | "slice" | "str" | "template" | "num"
  | "bool" | "null" | "list" | "set" | "dict" | "pair" | "await" | "yield"
  | "comprehension" | "clause" | "compare" | "logic" | "binary" | "unary" | "conditional" | "jsx"
  | "type" | "other";

/** What a child is to its parent. */
export type NodeRole =
  | "body" | "else" | "test" | "init" | "step" | "iter" | "target" | "value"
  | "callee" | "arg" | "key" | "index" | "item" | "handler" | "finally" | "decorator"
  | "param" | "returns" | "type" | "default" | "base";

/** Modifiers of a node. */
export type NodeFlag =
  | "async" | "generator" | "static" | "lambda" | "new" | "composite" | "type-only" | "export"
  | "const" | "declare";

export type FeedKind = "copy" | "mount";

export type SqlTableKind = "base" | "cte" | "derived" | "function" | "catalog" | "hole";

export type SqlStatementKind = "select" | "insert" | "update" | "delete" | "ddl" | "other";

export type SqlStatementLimit = "yes" | "no" | "unknown";

export type SqlStatementFilter = "yes" | "no" | "unknown";

export type NodeSort = "library" | "project" | "param" | "literal" | "unknown";

export type FileLanguage = "python" | "javascript" | "typescript" | "go";

export type DocKind = "map" | "list" | "scalar" | "null" | "unknown";

export type FilesAt = "file" | "directory";

/** One call on the way to an effect. */
export interface Hop {
  /** The file. */
  readonly path: string;
  /** The function that makes the call. */
  readonly symbol: string;
  /** What it calls. */
  readonly callee: string;
  /** The call; absent when its file cannot be read any more. */
  readonly node: Node | null;
}

/** One function on a route. */
export interface Stop {
  /** The file. */
  readonly path: string;
  /** Its qualified name. */
  readonly symbol: string;
}

/** One use of a value. */
export interface Use {
  /** The name that stands for it; the expression itself in the first. */
  readonly node: Node;
  /** The outermost expression that carries it. */
  readonly top: Node;
  /** The calls that it is given to on the way there, innermost first. */
  readonly calls: Node[];
}

/** A reference to an image. */
export interface Image {
  /** As written. */
  readonly written: string;
  /** With variables filled in as far as they are known. */
  readonly resolved: string;
  /** Its name without registry, tag and digest: `python`, `library/python`; none when a variable decides it. */
  readonly name: string | null;
  /** The last part of its name. */
  readonly shortName: string | null;
  /** Its registry. */
  readonly registry: string | null;
  /** Its tag. */
  readonly tag: string | null;
  /** Its digest. */
  readonly digest: string | null;
  /** Whether it is `scratch`. */
  readonly isScratch: boolean;
  /** Whether a variable without a value decides a part of it. */
  readonly isUnknown: boolean;
}

/** Something that a stage takes from elsewhere. */
export interface Feed {
  /** The stage that it comes from. */
  readonly stage: DockerStage | null;
  /** The image that it comes from. */
  readonly image: Image | null;
  /** How it is taken: `copy` for `COPY --from`, `mount` for a mount of RUN. */
  readonly kind: FeedKind;
  /** The instruction that takes it. */
  readonly instruction: Instruction;
  /** Where the source is named. */
  readonly at: Span;
}

/** A table in a statement of SQL. */
export interface SqlTable {
  /** Its name. */
  readonly name: string;
  /** What it is: `base`, `cte`, `derived`, `function`, `catalog` or `hole`. */
  readonly kind: SqlTableKind;
  /** The name that the statement gives it. */
  readonly alias: string | null;
}

/** The `*` or `t.*` that a statement selects. Positions are bytes of the text that was read. */
export interface SqlStar {
  /** Its first byte. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** What stands before the dot. */
  readonly qualifier: string | null;
}

/** What a filter compares. */
export interface SqlComparison {
  /** The column. */
  readonly column: string;
  /** How: `equal`, `range`, `in`, `like`, `null` or `other`. */
  readonly operator: string;
}

/** A statement of SQL. Positions are bytes of the text that was read. */
export interface SqlStatement {
  /** What it does: `select`, `insert`, `update`, `delete`, `ddl` or `other`. */
  readonly kind: SqlStatementKind;
  /** Its first byte. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** The `*` or `t.*` that it selects, if it does. */
  readonly star: SqlStar | null;
  /** Whether it returns `*`. */
  readonly returningStar: boolean;
  /** Whether it has a limit: `yes`, `no` or `unknown`. */
  readonly limit: SqlStatementLimit;
  /** Whether it filters rows: `yes`, `no` or `unknown`. */
  readonly filter: SqlStatementFilter;
  /** What its filter compares. */
  readonly compares: SqlComparison[];
  /** What it orders by. */
  readonly orderBy: string[];
  /** Whether it selects aggregates only. */
  readonly aggregatesOnly: boolean;
  /** Every table that is read. */
  readonly reads: SqlTable[];
  /** Every table that is written. */
  readonly writes: SqlTable[];
  /** The tables of its outermost FROM. */
  readonly sources: SqlTable[];
}

/** Where a file is deployed. */
export interface DeployTarget {
  /** The platform: `lambda`, `kubernetes`. */
  readonly name: string;
  /** The file that says so. */
  readonly path: string;
  /** Whether nothing runs there while nobody asks, so that a request may wait for a start. */
  readonly scalesToZero: boolean;
}

/**
 * A node of code. The tree is the same for Python, JavaScript, TypeScript and Go; brackets, type assertions and Go's `&x` and `*x` are
 * left out.
 */
export declare class Node {
  private constructor();
  /** What it is: `call`, `name`, `for`, ... The words are those of `NodeKind` in the stubs for Lua. */
  readonly kind: NodeKind;
  /** What it says: a name, the value of a string, a number as written, an operator; empty where nothing is said. */
  readonly text: string;
  /** Its code as written. */
  readonly source: string;
  /** Its first line. */
  readonly line: number;
  /** Its last line. */
  readonly lastLine: number;
  /** The last name of what a call calls, of an attribute, or the name itself. */
  readonly name: string;
  /** A number that tells it from other nodes of its file. */
  readonly id: number;
  /** The file it stands in. */
  readonly file: File;
  /** Whether it carries a modifier: `async`, `generator`, `static`, `lambda`, `new`, `composite`, `type-only`, `export`, `const`, `declare`. */
  has(flag: NodeFlag): boolean;
  /** Its parent; none for the file's root. */
  parent(): Node | null;
  /** Its first child with that role: `callee`, `arg`, `value`, `body`, ... */
  child(role: NodeRole): Node | null;
  /** Its children in order, all or those with that role. */
  children(role?: NodeRole | null): Node[];
  /**
   * Every node below it of these kinds, in order, at most 20 000; with `names` only those whose `name` is one of them: far quicker than
   * to look at all.
   */
  descendants(kinds: NodeKind | Iterable<NodeKind>, names?: string | Iterable<string> | null): Node[];
  /** The nearest node around it of these kinds. */
  enclosing(kinds: NodeKind | Iterable<NodeKind>): Node | null;
  /** Whether it is `other` or lies below it. */
  isWithin(other: Node): boolean;
  /** Whether it is the same node of the same file. */
  same(other: Node): boolean;
  /** What it is to its parent: the word of a role, or `root`, `case`, `lower` or `upper`. */
  role(): string;
  /** The statement it is or stands in. */
  statement(): Node | null;
  /** The statement after this one in the same block. */
  nextStatement(): Node | null;
  /** Whether it reads a name that `other` binds (the targets of an assignment, of a loop). */
  readsFrom(other: Node): boolean;
  /** Its first byte, and where it ends. */
  bytes(): [number, number];
  /**
   * What a call calls, as dotted paths resolved through imports, aliases and assignments (`requests.Session.get`); for code of the
   * repository `path:symbol`. Several when branches differ, none when it is not known.
   */
  target(): string[];
  /** Where a value comes from, in the same form. */
  origin(): string[];
  /** What sort of thing a value is, by its first origin: `library`, `project`, `param`, `literal` or `unknown`. */
  sort(): NodeSort;
  /** Whether a call calls one of these. */
  is(patterns: string | Iterable<string>): boolean;
  /** Whether a value comes from one of these: the result of a call is `requests.Session()`. */
  comesFrom(patterns: string | Iterable<string>): boolean;
  /** What the packs' facts say of what a call calls, by key: `kind`, `library`, `timeout`, ... */
  fact(key: string): string | null;
  /** What a method is called on, or an attribute is read from. */
  receiver(): Node | null;
  /**
   * What a call does through the functions of this repository that it runs (`db-read`, `http`, `sleep`, ...); second, what of it holds up
   * the caller. Nothing for a call of a library: what that does, `fact` says.
   */
  effects(): [Effect[], Effect[]];
  /**
   * The calls below this one, in the functions of this repository that it runs, down to the one that has one of the effects; empty
   * when none has. `blocking` asks for effects that hold up the caller.
   */
  chain(effects: Effect | Iterable<Effect>, blocking?: boolean): Hop[];
  /**
   * The calls by which a coroutine gets to the function around this node in the thread of its own event loop; empty when that is a
   * coroutine itself, none when none gets there.
   */
  fromLoop(): Hop[] | null;
  /** The functions of this repository that a call runs, at most 64. */
  callees(): Func[];
  /** The literal that it is or stands for, here or in another file, and whether it is known: null is null and known, and what is put into a template stands in it as `{}`. */
  literal(): [value: string | number | boolean | null, known: boolean];
  /** What a string says together with what is added to it: `"SELECT " + columns` is `SELECT {}`. None behind another part. */
  joined(): string | null;
  /** The argument of a call by name or position. */
  arg(key: string | number): [Node | null, Presence];
  /** Every argument of a call, as values. */
  args(): Node[];
  /** The value under a key of a dictionary, object or struct literal, or of the one that a name stands for. */
  entry(key: string): [Node | null, Presence];
  /** The one value that a name was given in this file. */
  value(): Node | null;
  /**
   * What defines an imported name or an attribute of an instance, in whatever file: the value of its only assignment, or the
   * function or class.
   */
  definition(): Node | null;
  /** Which parameter of the function around a name is. */
  paramPosition(): number | null;
  /** The loops around it within its function, innermost first; functions handed to `map`, `forEach` and the like are looked through. */
  loops(): Loop[];
  /** The function that it is, or the one around it; none at the top level. */
  func(): Func | null;
  /** How the code here comes to run: `request`, `worker`, `startup`, `build`, `script`, `test` or `unknown`. */
  reach(): Reach;
  /** Qualified name of the function or class around it; empty at the top level. */
  symbol(): string;
  /** The functions from the one that a platform calls down to the one around this node. */
  route(): Stop[];
  /** Whether it is an `await`, or awaited. */
  isAwaited(): boolean;
  /** The calls in whose arguments it stands, innermost first, also those around the functions that it stands in. */
  argumentOf(): Node[];
  /** The calls chained on this one's result, nearest first; and those that it is chained on. */
  chained(): [Node[], Node[]];
  /**
   * The names that read a variable holding the value itself, in order, within `within` or the function around; none when the value
   * is kept where its uses are not seen.
   */
  aliases(within?: Node | null): Node[] | null;
  /** Where the value and what is made from it goes, within `within` or the function around: the expression itself first. */
  uses(within?: Node | null): Use[];
}

/** A loop around a node: a statement, a clause of a comprehension, or the call of a method such as `map`. */
export declare class Loop {
  private constructor();
  /** What it turns over: `constant`, `stream`, `chunk`, `paging`, `retry`, `poll`, `per-item` or `unknown`. */
  readonly kind: LoopKind;
  /** The loop. */
  readonly node: Node;
  /** What it runs over, if it runs over something. */
  readonly iter: Node | null;
  /** Whether an expression reads the loop's element, or something made from it in the body. */
  carries(node: Node): boolean;
}

/** A function of the repository. */
export declare class Func {
  private constructor();
  /** Its node. */
  readonly node: Node;
  /** Its name; empty for an anonymous one. */
  readonly name: string;
  /** Whether it is a coroutine. */
  readonly isAsync: boolean;
  /** Whether it is a generator. */
  readonly isGenerator: boolean;
  /** Whether it is an arrow or lambda. */
  readonly isLambda: boolean;
  /** How it comes to run. */
  readonly reach: Reach;
  /** Its parameters. */
  readonly params: Node[];
  /** What its decorators are, calls without their arguments; empty texts for what is not known. */
  decorators(): string[];
  /** What running it does; second, what of it holds up the caller. */
  effects(): [Effect[], Effect[]];
  /** The first call in it, functions within included, that calls one of these. */
  calls(patterns: string | Iterable<string>): Node | null;
  /** The calls that run it, at most 64. */
  callers(): Node[];
  /** The calls that hand it to something that runs it in a role: `router.get("/", list)`. */
  registrations(): Node[];
  /** The functions from the one that a platform calls down to this one, itself last. */
  route(): Stop[];
}

/** An open file. */
export declare class File {
  private constructor();
  /** Its path. */
  readonly path: string;
  /** Its path below the directory that the user named (`perfctl check tests/service`), all of it without one: for words that say what it is for. */
  readonly pathBelowNamed: string;
  /** Its language, for files of code: `python`, `javascript`, `typescript` or `go`. */
  readonly language: FileLanguage | null;
  /** What kind of file it is: `source`, `test`, `migration`, `script`, `example`, `generated` or `vendored`. */
  readonly class: PathClass;
  /** Where its code runs: `server`, `browser` or `unknown`; Python and Go on a server, and `unknown` for what is no code. */
  readonly side: Side;
  /** Its text. */
  readonly text: string;
  /** The root of its code, for files of code. */
  readonly root: Node | null;
  /** Its stages, for a Dockerfile. */
  readonly docker: Dockerfile | null;
  /** The tops of its documents, for YAML, TOML, JSON and HCL; only YAML has several. */
  readonly documents: Doc[] | null;
  /** Whether the document could not be read to its end: what is absent then says nothing. */
  readonly isPartial: boolean;
  /** Whether it imports one of these modules, or names from them, at any level. */
  imports(patterns: string | Iterable<string>): boolean;
  /** What a text says as SQL: its statements, none when it is no SQL. */
  sql(text: string): SqlStatement[];
  /** The commands of a shell script, and of the recipes of a makefile, in which `$(NAME)` reads as `${NAME}`; none for other files. */
  commands(): ShellCommand[] | null;
  /** Bytes of it; an error when they lie outside or split a character. */
  span(start: number, end: number): Span;
  /** A line without its end and the blanks before that. */
  lineSpan(line: number): Span;
}

/** Bytes of a file. */
export declare class Span {
  private constructor();
  /** The file. */
  readonly file: File;
  /** The text. */
  readonly source: string;
  /** The line of its first byte. */
  readonly line: number;
  /** Its first byte. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** The commands in it, read as a script of the shell. */
  commands(): ShellCommand[];
}

/** A node of a document. Paths look like `spec.template.containers[1].name`, `[*]` or `*` for every entry, keys with dots in quotes. */
export declare class Doc {
  private constructor();
  /** What it is: `map`, `list`, `scalar`, `null`, or `unknown` where a template, a reference or a function of the platform decides. */
  readonly kind: DocKind;
  /** The key it stands under. */
  readonly key: string | null;
  /** A scalar as text; of something unknown what decides it, as far as that is one text; empty for everything else. */
  readonly text: string;
  /** Its tag without the sign: `Ref` for `!Ref`, also where CloudFormation writes it as a key. */
  readonly tag: string | null;
  /** The labels of a block of HCL. */
  readonly labels: string[];
  /** Its first line, the key's included. */
  readonly line: number;
  /** Its bytes without the key; of a reference that the file resolves, those of the reference. */
  readonly span: Span;
  /** A scalar as a value; null for everything else. */
  readonly value: string | number | boolean | null;
  /** The node at a path below it. */
  get(path: string): [Doc | null, Presence];
  /** Every node that fits a path below it. */
  select(path: string): Doc[];
  /** Every node below it with that key. */
  findAll(key: string): Doc[];
  /** Its entries. */
  entries(): Doc[];
  /** Its HCL blocks with that keyword whose labels begin so: `blocks("resource", ["aws_lambda_function"])`. */
  blocks(keyword: string, labels?: Iterable<string>): Doc[];
  /**
   * The commands of a script that it holds as text, such as `run:` of a workflow, or the one command whose words it lists, such as
   * `args:` of a build step; with `program` what that program is given. None for what is no text and no list.
   */
  commands(program?: string | null): ShellCommand[];
  /** Its parent; none for the top. */
  parent(): Doc | null;
}

/** A Dockerfile. */
export declare class Dockerfile {
  private constructor();
  /** Its stages in order. */
  readonly stages: DockerStage[];
  /** The stage that ships unless a build names another target: the last. */
  readonly shipped: DockerStage | null;
}

/** A stage of a Dockerfile. */
export declare class DockerStage {
  private constructor();
  /** Its position. */
  readonly index: number;
  /** Its name, as in `AS build`. */
  readonly name: string | null;
  /** What its FROM names. */
  readonly image: Image;
  /** The image that it builds on in the end, through other stages. */
  readonly base: Image;
  /** The stage that its FROM names. */
  readonly parent: DockerStage | null;
  /** Whether its layers are in the image that ships. */
  readonly ships: boolean;
  /** Whether files of it are copied, maybe through other stages, into one that ships. */
  readonly flowsIntoShipped: boolean;
  /** Its FROM. */
  readonly from: Instruction;
  /** Its instructions behind FROM. */
  readonly instructions: Instruction[];
  /** What it takes from other stages and images. */
  feeds(): Feed[];
  /** The value of an ARG or ENV at its end, and whether it is known: none and true when the file does not set it. */
  variable(name: string): [string | null, boolean];
}

/** An instruction of a Dockerfile. */
export declare class Instruction {
  private constructor();
  /** In capitals: `RUN`. */
  readonly keyword: string;
  /** On one line: continuations joined, comments left out. */
  readonly text: string;
  /** The words behind the flags, quotes removed. */
  readonly args: string[];
  /** For COPY and ADD all words but the last. */
  readonly sources: string[];
  /** For COPY and ADD the last word. */
  readonly destination: string | null;
  /** Whether it stands behind ONBUILD. */
  readonly isOnbuild: boolean;
  /** Its place in its stage; FROM has 0. */
  readonly position: number;
  /** All its bytes. */
  readonly span: Span;
  /** Its stage. */
  readonly stage: DockerStage;
  /** Its first line. */
  readonly line: number;
  /** For RUN, CMD, ENTRYPOINT and HEALTHCHECK: the commands that are run. */
  readonly commands: ShellCommand[];
  /** Each `--mount` by key. */
  readonly mounts: Map<string, string>[];
  /** The value of a flag such as `--from`, without the dashes; empty for a flag without value. */
  flag(name: string): string | null;
  /** A text with the variables filled in that this instruction sees, and whether all of them are known. */
  expand(text: string): [string, boolean];
  /** Where one word of `args` stands. */
  argAt(at: number): Span | null;
}

/** One command of a shell: of a RUN, a script, a makefile, a workflow. */
export declare class ShellCommand {
  private constructor();
  /** The program's name without its folder. */
  readonly name: string;
  /** The program as written. */
  readonly program: string;
  /** Its arguments, quotes removed; what is filled in later stands in them as written: `$NAME`, `${{ inputs.name }}`. */
  readonly args: string[];
  /** Variables that are set for it. */
  readonly env: Map<string, string>;
  /** Whether it runs only under some condition: behind `||`, in the branch of an `if`, in a loop. Behind `&&` it does not. */
  readonly isConditional: boolean;
  /** Its bytes. */
  readonly span: Span;
  /** Its instruction, in a Dockerfile. */
  readonly instruction: Instruction | null;
  /** Whether one of its arguments is this. */
  has(argument: string): boolean;
  /** Where one word of `args` stands. */
  argAt(at: number): Span | null;
  /** Whether one word of `args` is known: nothing in it is filled in before the command runs. */
  isKnown(at: number): boolean;
}

/** A file on the way from one at which a process starts to a file that it loads. */
export declare class LoadHop {
  private constructor();
  /** The file. */
  readonly path: string;
  /** The import that leads on; none for the last file. */
  readonly import: Node | null;
}

/** The audited repository as a whole, by its code and what it declares. */
export declare class Repository {
  private constructor();
  /** The words that the packs' facts hold under a path. */
  fact(path: string): Map<string, string> | null;
  /**
   * Paths of the files in which the matcher of that name matched, sorted; the matcher must have `evidence = true`, which means
   * that no file is judged for its matches. It costs nothing that the scan did not cost anyway.
   */
  matched(matcher: string): string[];
  /**
   * The files at which a process starts that load a file, each with the way from it to the file: entry points, and code in JavaScript
   * and TypeScript that is for no browser and that no other file loads. A file that is one itself has a way of one hop.
   */
  loadedBy(path: string): LoadHop[][];
  /** Where a file is deployed, by what is said most closely about it. */
  deployTargets(path: string): DeployTarget[];
  /** Whether code imports one of these modules, and the first file that does; tests, vendored and generated code left out. */
  imports(patterns: string | Iterable<string>): [boolean, string | null];
  /** Paths of the files that import one of these modules, at any level; tests, vendored and generated code left out. */
  importers(patterns: string | Iterable<string>): string[];
  /** Calls that call one of these; tests, vendored and generated code left out. */
  calls(patterns: string | Iterable<string>): Node[];
  /** Paths that fit a glob, sorted, at most 20 000; tests and vendored code included. `*` stands for slashes too. */
  paths(glob: string): string[];
  /** What lies at a path: `file` or `directory`; the empty path is the root. */
  at(path: string): FilesAt | null;
  /** How many bytes the file at a path has; of images and other files that are no text, too. */
  size(path: string): number | null;
  /**
   * The text of the file at a path, at most 4 MiB; none where there is none, where it is no text or larger. For what is searched and not
   * understood: unlike with `open` nothing is parsed.
   */
  text(path: string): string | null;
  /** Paths of all files below a directory, sorted. */
  below(directory: string): string[];
  /** Paths of the files of at most 4 MiB that fit a glob and whose text holds one of several strings; each file is read once. */
  holding(glob: string, texts: string | Iterable<string>): string[];
  /** A file of it; none when there is none, or it cannot be read. */
  open(path: string): File | null;
}
