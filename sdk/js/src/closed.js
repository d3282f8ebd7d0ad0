// Says what a component cannot do. A call of the clock ends everything at once, without an error; so it throws one instead, and authors
// read which line it was.

const refuse = () => {
  throw new Error("a plugin has no clock, so that the same files give the same findings");
};

/** Called when the first call of perfctl comes in. */
export const close = () => {
  Date.now = refuse;
  globalThis.Date = new Proxy(Date, {
    apply: refuse,
    construct: (target, args, made) => (args.length === 0 ? refuse() : Reflect.construct(target, args, made)),
  });
};
