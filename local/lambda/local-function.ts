import { FunctionCrashError } from '../errors.ts';
import { type FunctionWorker, type FunctionWorkerOptions, startFunctionWorker } from './function-worker.ts';

export interface LocalFunction extends AsyncDisposable {
  readonly name: string;
  /** Runs the handler in a free execution environment, or a new one; waits its turn when all of them are busy. */
  invoke(event: unknown): Promise<unknown>;
  /**
   * Kills every execution environment that is busy and whose name begins so, in the middle of what it does; returns
   * how many. An environment is named after its function and a number; its requests carry the name in their user agent.
   */
  killBusy(namePrefix?: string): Promise<number>;
}

/** How many execution environments a function has at most, unless the template reserves fewer. */
const MAX_WORKERS = 6;

/** A function with its execution environments, which are started when they are needed and used again. */
export function localFunction(
  options: FunctionWorkerOptions & { readonly maxWorkers?: number },
): LocalFunction {
  const { functionName: name, maxWorkers = MAX_WORKERS } = options;
  const workers = new Map<FunctionWorker, string>();
  let started = 0;
  const waiting: (() => void)[] = [];
  let isStopped = false;

  function takeWorker(): FunctionWorker | undefined {
    if (isStopped) throw new FunctionCrashError(`${name} runs nothing any more: the stack has stopped`);
    for (const worker of workers.keys()) if (!worker.isAlive) workers.delete(worker);
    const free = [...workers.keys()].find((worker) => !worker.isBusy);
    if (free || workers.size >= maxWorkers) return free;
    started += 1;
    const workerName = `${name}.${started}`;
    const environment = { ...options.environment, AWS_SDK_UA_APP_ID: workerName };
    const worker = startFunctionWorker({ ...options, environment });
    workers.set(worker, workerName);
    return worker;
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
    async killBusy(namePrefix = '') {
      const busy = [...workers].filter(
        ([{ isAlive, isBusy }, workerName]) => isAlive && isBusy && workerName.startsWith(namePrefix),
      );
      await Promise.all(busy.map(([worker]) => worker.kill('it was killed')));
      return busy.length;
    },
    async [Symbol.asyncDispose]() {
      isStopped = true;
      for (const wake of waiting.splice(0)) wake();
      await Promise.all([...workers.keys()].map((worker) => worker.kill('the stack is stopping')));
    },
  };
}
