/** Runs what is about one thing one after another, whether or not what came before succeeded. */
export type InTurn = <Result>(name: string, run: () => Promise<Result>) => Promise<Result>;

export function oneAtATime(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (name, run) => {
    const result = (last.get(name) ?? Promise.resolve()).then(run, run);
    last.set(name, result);
    try {
      return await result;
    } finally {
      if (last.get(name) === result) last.delete(name);
    }
  };
}
