// Says what a component cannot do. A call of the clock ends everything at once, without an error; what would be done later is never done,
// without a word. So each throws an error instead, and authors read which line it was.

const noClock = () => {
  throw new Error("a plugin has no clock, so that the same files give the same findings");
};

const noNetwork = () => {
  throw new Error("a plugin has no network: what the repository holds, `repo.text` and `repo.open` read");
};

const noLater = () => {
  const why = "what stands behind `await` or in `then` would never run";
  throw new Error(`nothing waits in a plugin: ${why}. Take \`async\`, \`await\` and promises away`);
};

/** The bundler makes promises of `async` functions, so that they end here, too. */
const NoPromise = (Promise) =>
  new Proxy(Promise, {
    construct: noLater,
    get: (target, name) => (typeof name === "string" && typeof target[name] === "function" ? noLater : target[name]),
  });

/** Called when the first call of perfctl comes in. */
export const close = () => {
  Date.now = noClock;
  globalThis.Date = new Proxy(Date, {
    apply: noClock,
    construct: (target, args, made) => (args.length === 0 ? noClock() : Reflect.construct(target, args, made)),
  });
  globalThis.performance = { now: noClock };
  globalThis.Promise = NoPromise(Promise);
  globalThis.queueMicrotask = noLater;
  // QuickJS has none, and that it is not defined would not say why.
  globalThis.fetch = noNetwork;
};
