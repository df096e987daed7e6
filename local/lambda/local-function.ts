import { type FunctionWorker, type FunctionWorkerOptions, startFunctionWorker } from './function-worker.ts';

export interface LocalFunction extends AsyncDisposable {
  readonly name: string;
  /** Runs the handler in a free execution environment, or a new one; waits its turn when all of them are busy. */
  invoke(event: unknown): Promise<unknown>;
  /** Kills every execution environment that is busy, in the middle of what it does; returns how many. */
  killBusy(): Promise<number>;
}

/** How many execution environments a function has at most, unless the template reserves fewer. */
const MAX_WORKERS = 6;

/** A function with its execution environments, which are started when they are needed and used again. */
export function localFunction(
  options: FunctionWorkerOptions & { readonly maxWorkers?: number },
): LocalFunction {
  const { functionName: name, maxWorkers = MAX_WORKERS } = options;
  const workers = new Set<FunctionWorker>();
  const waiting: (() => void)[] = [];

  function takeWorker(): FunctionWorker | undefined {
    for (const worker of workers) if (!worker.isAlive) workers.delete(worker);
    const free = [...workers].find((worker) => !worker.isBusy);
    if (free || workers.size >= maxWorkers) return free;
    const started = startFunctionWorker(options);
    workers.add(started);
    return started;
  }

  return {
    name,
    async invoke(event) {
      let worker = takeWorker();
      while (!worker) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        worker = takeWorker();
      }
      try {
        return await worker.invoke(event);
      } finally {
        waiting.shift()?.();
      }
    },
    async killBusy() {
      const busy = [...workers].filter((worker) => worker.isAlive && worker.isBusy);
      await Promise.all(busy.map((worker) => worker.kill('it was killed')));
      return busy.length;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...workers].map((worker) => worker.kill('the stack is stopping')));
    },
  };
}
