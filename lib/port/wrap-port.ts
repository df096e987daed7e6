/**
 * The same port, with something around each of its calls.
 *
 * @param around gives what the method gives, for which it calls `go`, or does not; told the method's name and arguments.
 */
export function wrapPort<Port extends object>(
  port: Port,
  around: (go: () => unknown, method: string, args: readonly unknown[]) => unknown,
): Port {
  return new Proxy(port, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) =>
        around((): unknown => Reflect.apply(member, target, args), String(property), args);
    },
  });
}
