/** A signal that aborts as soon as one of two does; dispose of it when the work is over. */
export interface EitherSignal {
  readonly signal: AbortSignal;
  /** From here on it hears of neither. */
  release(): void;
}

/** `AbortSignal.any` for engines that have none, such as Safari 16. */
export function eitherSignal(one: AbortSignal, other: AbortSignal): EitherSignal {
  const either = new AbortController();
  const listeners = [one, other].map((signal) => {
    const listener = () => either.abort(signal.reason);
    if (signal.aborted) listener();
    else signal.addEventListener('abort', listener, { once: true });
    return () => signal.removeEventListener('abort', listener);
  });
  return {
    signal: either.signal,
    release() {
      for (const remove of listeners) remove();
    },
  };
}
