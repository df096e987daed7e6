import type { LocalFunction } from '../../local/lambda/local-function.ts';

/** A function that runs in this thread, and remembers its events. */
export function fakeFunction<Event = Record<string, unknown>>(
  handler: (event: Event) => unknown,
): LocalFunction & { readonly events: Event[] } {
  const events: Event[] = [];
  return {
    name: 'Faked',
    events,
    async invoke(event) {
      events.push(event as Event);
      return handler(event as Event);
    },
    killBusy: async () => 0,
    [Symbol.asyncDispose]: async () => undefined,
  };
}
