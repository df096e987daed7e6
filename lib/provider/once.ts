export interface Once<T> {
  readonly get: () => Promise<T>;
  /** Has it made anew when it is asked for again. */
  readonly forget: () => void;
}

/** Makes something when it is first asked for; a failure is not kept. */
export function once<T>(make: () => Promise<T>): Once<T> {
  let made: Promise<T> | undefined;
  const forget = () => {
    made = undefined;
  };
  return {
    get() {
      made ??= make().catch((error: unknown) => {
        forget();
        throw error;
      });
      return made;
    },
    forget,
  };
}
