// Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.

import * as $node from "perfctl:plugin/node@0.1.0";
import * as $loop from "perfctl:plugin/loop@0.1.0";
import * as $func from "perfctl:plugin/func@0.1.0";
import * as $file from "perfctl:plugin/file@0.1.0";
import * as $span from "perfctl:plugin/span@0.1.0";
import * as $doc from "perfctl:plugin/doc@0.1.0";
import * as $dockerfile from "perfctl:plugin/dockerfile@0.1.0";
import * as $dockerStage from "perfctl:plugin/docker-stage@0.1.0";
import * as $instruction from "perfctl:plugin/instruction@0.1.0";
import * as $shellCommand from "perfctl:plugin/shell-command@0.1.0";
import * as $loadHop from "perfctl:plugin/load-hop@0.1.0";
import * as $repository from "perfctl:plugin/repository@0.1.0";
import * as $files from "perfctl:plugin/files@0.1.0";
import { asCount, asText, asTexts, handleOf } from "./checked.js";

const maybe = (kind, given) => given == null ? null : kind(given);
const argument = (key) => typeof key === "string" ? { tag: "name", val: asText(key) } : { tag: "position", val: asCount(key) };
const literal = (given) => [given.val ?? null, given.tag !== "unknown"];

const makeHop = (given) => ({
  path: given.path,
  symbol: given.symbol,
  callee: given.callee,
  node: maybe(makeNode, given.node),
});

const makeUse = (given) => ({
  node: new Node(given.node),
  top: new Node(given.top),
  calls: given.calls.map(makeNode),
});

const makeFeed = (given) => ({
  stage: maybe(makeDockerStage, given.stage),
  image: given.image,
  kind: given.kind,
  instruction: new Instruction(given.instruction),
  at: new Span(given.at),
});

export class Node {
  constructor(handle) {
    this._handle = handle;
  }
  get kind() {
    return $node.kind(this._handle);
  }
  get text() {
    return $node.text(this._handle);
  }
  get source() {
    return $node.source(this._handle);
  }
  get line() {
    return $node.line(this._handle);
  }
  get lastLine() {
    return $node.lastLine(this._handle);
  }
  get name() {
    return $node.name(this._handle);
  }
  get id() {
    return $node.id(this._handle);
  }
  get file() {
    return new File($node.file(this._handle));
  }
  has(flag) {
    return $node.has(this._handle, asText(flag));
  }
  parent() {
    return maybe(makeNode, $node.parent(this._handle));
  }
  child(role) {
    return maybe(makeNode, $node.child(this._handle, asText(role)));
  }
  children(role) {
    return $node.children(this._handle, maybe(asText, role)).map(makeNode);
  }
  descendants(kinds, names) {
    return $node.descendants(this._handle, asTexts(kinds), maybe(asTexts, names)).map(makeNode);
  }
  enclosing(kinds) {
    return maybe(makeNode, $node.enclosing(this._handle, asTexts(kinds)));
  }
  isWithin(other) {
    return $node.isWithin(this._handle, handleOf(Node, other));
  }
  same(other) {
    return $node.same(this._handle, handleOf(Node, other));
  }
  role() {
    return $node.role(this._handle);
  }
  statement() {
    return maybe(makeNode, $node.statement(this._handle));
  }
  nextStatement() {
    return maybe(makeNode, $node.nextStatement(this._handle));
  }
  readsFrom(other) {
    return $node.readsFrom(this._handle, handleOf(Node, other));
  }
  bytes() {
    return $node.bytes(this._handle);
  }
  target() {
    return $node.target(this._handle);
  }
  origin() {
    return $node.origin(this._handle);
  }
  sort() {
    return $node.sort(this._handle);
  }
  is(patterns) {
    return $node.is(this._handle, asTexts(patterns));
  }
  comesFrom(patterns) {
    return $node.comesFrom(this._handle, asTexts(patterns));
  }
  fact(key) {
    return $node.fact(this._handle, asText(key));
  }
  receiver() {
    return maybe(makeNode, $node.receiver(this._handle));
  }
  effects() {
    return $node.effects(this._handle);
  }
  chain(effects, blocking = false) {
    return $node.chain(this._handle, asTexts(effects), Boolean(blocking)).map(makeHop);
  }
  fromLoop() {
    return maybe((one) => one.map(makeHop), $node.fromLoop(this._handle));
  }
  callees() {
    return $node.callees(this._handle).map(makeFunc);
  }
  literal() {
    return literal($node.literal(this._handle));
  }
  joined() {
    return $node.joined(this._handle);
  }
  arg(key) {
    const [part0, part1] = $node.arg(this._handle, argument(key));
    return [maybe(makeNode, part0), part1];
  }
  args() {
    return $node.args(this._handle).map(makeNode);
  }
  entry(key) {
    const [part0, part1] = $node.entry(this._handle, asText(key));
    return [maybe(makeNode, part0), part1];
  }
  value() {
    return maybe(makeNode, $node.value(this._handle));
  }
  definition() {
    return maybe(makeNode, $node.definition(this._handle));
  }
  paramPosition() {
    return $node.paramPosition(this._handle);
  }
  loops() {
    return $node.loops(this._handle).map(makeLoop);
  }
  func() {
    return maybe(makeFunc, $node.func(this._handle));
  }
  reach() {
    return $node.reach(this._handle);
  }
  symbol() {
    return $node.symbol(this._handle);
  }
  route() {
    return $node.route(this._handle);
  }
  isAwaited() {
    return $node.isAwaited(this._handle);
  }
  argumentOf() {
    return $node.argumentOf(this._handle).map(makeNode);
  }
  chained() {
    const [part0, part1] = $node.chained(this._handle);
    return [part0.map(makeNode), part1.map(makeNode)];
  }
  aliases(within) {
    return maybe((one) => one.map(makeNode), $node.aliases(this._handle, maybe((one) => handleOf(Node, one), within)));
  }
  uses(within) {
    return $node.uses(this._handle, maybe((one) => handleOf(Node, one), within)).map(makeUse);
  }
}
const makeNode = (handle) => new Node(handle);

export class Loop {
  constructor(handle) {
    this._handle = handle;
  }
  get kind() {
    return $loop.kind(this._handle);
  }
  get node() {
    return new Node($loop.node(this._handle));
  }
  get iter() {
    return maybe(makeNode, $loop.iter(this._handle));
  }
  carries(node) {
    return $loop.carries(this._handle, handleOf(Node, node));
  }
}
const makeLoop = (handle) => new Loop(handle);

export class Func {
  constructor(handle) {
    this._handle = handle;
  }
  get node() {
    return new Node($func.node(this._handle));
  }
  get name() {
    return $func.name(this._handle);
  }
  get isAsync() {
    return $func.isAsync(this._handle);
  }
  get isGenerator() {
    return $func.isGenerator(this._handle);
  }
  get isLambda() {
    return $func.isLambda(this._handle);
  }
  get reach() {
    return $func.reach(this._handle);
  }
  get params() {
    return $func.params(this._handle).map(makeNode);
  }
  decorators() {
    return $func.decorators(this._handle);
  }
  effects() {
    return $func.effects(this._handle);
  }
  calls(patterns) {
    return maybe(makeNode, $func.calls(this._handle, asTexts(patterns)));
  }
  callers() {
    return $func.callers(this._handle).map(makeNode);
  }
  registrations() {
    return $func.registrations(this._handle).map(makeNode);
  }
  route() {
    return $func.route(this._handle);
  }
}
const makeFunc = (handle) => new Func(handle);

export class File {
  constructor(handle) {
    this._handle = handle;
  }
  get path() {
    return $file.path(this._handle);
  }
  get pathBelowNamed() {
    return $file.pathBelowNamed(this._handle);
  }
  get language() {
    return $file.language(this._handle);
  }
  get class() {
    return $file.class(this._handle);
  }
  get side() {
    return $file.side(this._handle);
  }
  get text() {
    return $file.text(this._handle);
  }
  get root() {
    return maybe(makeNode, $file.root(this._handle));
  }
  get docker() {
    return maybe(makeDockerfile, $file.docker(this._handle));
  }
  get documents() {
    return maybe((one) => one.map(makeDoc), $file.documents(this._handle));
  }
  get isPartial() {
    return $file.isPartial(this._handle);
  }
  imports(patterns) {
    return $file.imports(this._handle, asTexts(patterns));
  }
  sql(text) {
    return $file.sql(this._handle, asText(text));
  }
  commands() {
    return maybe((one) => one.map(makeShellCommand), $file.commands(this._handle));
  }
  span(start, end) {
    return new Span($file.span(this._handle, asCount(start), asCount(end)));
  }
  lineSpan(line) {
    return new Span($file.lineSpan(this._handle, asCount(line)));
  }
}
const makeFile = (handle) => new File(handle);

export class Span {
  constructor(handle) {
    this._handle = handle;
  }
  get file() {
    return new File($span.file(this._handle));
  }
  get source() {
    return $span.source(this._handle);
  }
  get line() {
    return $span.line(this._handle);
  }
  get start() {
    return $span.start(this._handle);
  }
  get end() {
    return $span.end(this._handle);
  }
  commands() {
    return $span.commands(this._handle).map(makeShellCommand);
  }
}
const makeSpan = (handle) => new Span(handle);

export class Doc {
  constructor(handle) {
    this._handle = handle;
  }
  get kind() {
    return $doc.kind(this._handle);
  }
  get key() {
    return $doc.key(this._handle);
  }
  get text() {
    return $doc.text(this._handle);
  }
  get tag() {
    return $doc.tag(this._handle);
  }
  get labels() {
    return $doc.labels(this._handle);
  }
  get line() {
    return $doc.line(this._handle);
  }
  get span() {
    return new Span($doc.span(this._handle));
  }
  get value() {
    return literal($doc.value(this._handle))[0];
  }
  get(path) {
    const [part0, part1] = $doc.get(this._handle, asText(path));
    return [maybe(makeDoc, part0), part1];
  }
  select(path) {
    return $doc.select(this._handle, asText(path)).map(makeDoc);
  }
  findAll(key) {
    return $doc.findAll(this._handle, asText(key)).map(makeDoc);
  }
  entries() {
    return $doc.entries(this._handle).map(makeDoc);
  }
  blocks(keyword, labels = []) {
    return $doc.blocks(this._handle, asText(keyword), asTexts(labels)).map(makeDoc);
  }
  commands(program) {
    return $doc.commands(this._handle, maybe(asText, program)).map(makeShellCommand);
  }
  parent() {
    return maybe(makeDoc, $doc.parent(this._handle));
  }
}
const makeDoc = (handle) => new Doc(handle);

export class Dockerfile {
  constructor(handle) {
    this._handle = handle;
  }
  get stages() {
    return $dockerfile.stages(this._handle).map(makeDockerStage);
  }
  get shipped() {
    return maybe(makeDockerStage, $dockerfile.shipped(this._handle));
  }
}
const makeDockerfile = (handle) => new Dockerfile(handle);

export class DockerStage {
  constructor(handle) {
    this._handle = handle;
  }
  get index() {
    return $dockerStage.index(this._handle);
  }
  get name() {
    return $dockerStage.name(this._handle);
  }
  get image() {
    return $dockerStage.image(this._handle);
  }
  get base() {
    return $dockerStage.base(this._handle);
  }
  get parent() {
    return maybe(makeDockerStage, $dockerStage.parent(this._handle));
  }
  get ships() {
    return $dockerStage.ships(this._handle);
  }
  get flowsIntoShipped() {
    return $dockerStage.flowsIntoShipped(this._handle);
  }
  get from() {
    return new Instruction($dockerStage.from(this._handle));
  }
  get instructions() {
    return $dockerStage.instructions(this._handle).map(makeInstruction);
  }
  feeds() {
    return $dockerStage.feeds(this._handle).map(makeFeed);
  }
  variable(name) {
    return $dockerStage.variable(this._handle, asText(name));
  }
}
const makeDockerStage = (handle) => new DockerStage(handle);

export class Instruction {
  constructor(handle) {
    this._handle = handle;
  }
  get keyword() {
    return $instruction.keyword(this._handle);
  }
  get text() {
    return $instruction.text(this._handle);
  }
  get args() {
    return $instruction.args(this._handle);
  }
  get sources() {
    return $instruction.sources(this._handle);
  }
  get destination() {
    return $instruction.destination(this._handle);
  }
  get isOnbuild() {
    return $instruction.isOnbuild(this._handle);
  }
  get position() {
    return $instruction.position(this._handle);
  }
  get span() {
    return new Span($instruction.span(this._handle));
  }
  get stage() {
    return new DockerStage($instruction.stage(this._handle));
  }
  get line() {
    return $instruction.line(this._handle);
  }
  get commands() {
    return $instruction.commands(this._handle).map(makeShellCommand);
  }
  get mounts() {
    return $instruction.mounts(this._handle).map((one) => new Map(one));
  }
  flag(name) {
    return $instruction.flag(this._handle, asText(name));
  }
  expand(text) {
    return $instruction.expand(this._handle, asText(text));
  }
  argAt(at) {
    return maybe(makeSpan, $instruction.argAt(this._handle, asCount(at)));
  }
}
const makeInstruction = (handle) => new Instruction(handle);

export class ShellCommand {
  constructor(handle) {
    this._handle = handle;
  }
  get name() {
    return $shellCommand.name(this._handle);
  }
  get program() {
    return $shellCommand.program(this._handle);
  }
  get args() {
    return $shellCommand.args(this._handle);
  }
  get env() {
    return new Map($shellCommand.env(this._handle));
  }
  get isConditional() {
    return $shellCommand.isConditional(this._handle);
  }
  get span() {
    return new Span($shellCommand.span(this._handle));
  }
  get instruction() {
    return maybe(makeInstruction, $shellCommand.instruction(this._handle));
  }
  has(argument) {
    return $shellCommand.has(this._handle, asText(argument));
  }
  argAt(at) {
    return maybe(makeSpan, $shellCommand.argAt(this._handle, asCount(at)));
  }
  isKnown(at) {
    return $shellCommand.isKnown(this._handle, asCount(at));
  }
}
const makeShellCommand = (handle) => new ShellCommand(handle);

export class LoadHop {
  constructor(handle) {
    this._handle = handle;
  }
  get path() {
    return $loadHop.path(this._handle);
  }
  get import() {
    return maybe(makeNode, $loadHop.import(this._handle));
  }
}
const makeLoadHop = (handle) => new LoadHop(handle);

export class Repository {
  fact(path) {
    return maybe((one) => new Map(one), $repository.fact(asText(path)));
  }
  matched(matcher) {
    return $repository.matched(asText(matcher));
  }
  loadedBy(path) {
    return $repository.loadedBy(asText(path)).map((one) => one.map(makeLoadHop));
  }
  deployTargets(path) {
    return $repository.deployTargets(asText(path));
  }
  imports(patterns) {
    return $repository.imports(asTexts(patterns));
  }
  importers(patterns) {
    return $repository.importers(asTexts(patterns));
  }
  calls(patterns) {
    return $repository.calls(asTexts(patterns)).map(makeNode);
  }
  paths(glob) {
    return $files.paths(asText(glob));
  }
  at(path) {
    return $files.at(asText(path));
  }
  size(path) {
    return maybe((one) => Number(one), $files.size(asText(path)));
  }
  text(path) {
    return $files.text(asText(path));
  }
  below(directory) {
    return $files.below(asText(directory));
  }
  holding(glob, texts) {
    return $files.holding(asText(glob), asTexts(texts));
  }
  open(path) {
    return maybe(makeFile, $files.open(asText(path)));
  }
}
