import { FunctionCrashError } from '../errors.ts';
import {
  type ExecutionEnvironment,
  type ExecutionEnvironmentOptions,
  startExecutionEnvironment,
} from './execution-environment.ts';

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

/**
 * How many execution environments a function has at most, unless the template reserves fewer. A request that waits for a
 * commit occupies one of them for up to 20 s.
 */
const MAX_ENVIRONMENTS = 16;

/** A function with its execution environments, which are started when they are needed and used again. */
export function localFunction(
  options: ExecutionEnvironmentOptions & { readonly maxEnvironments?: number },
): LocalFunction {
  const { functionName: name, maxEnvironments = MAX_ENVIRONMENTS } = options;
  const environments = new Map<ExecutionEnvironment, string>();
  let started = 0;
  const waiting: (() => void)[] = [];
  let isStopped = false;

  function takeEnvironment(): ExecutionEnvironment | undefined {
    if (isStopped) throw new FunctionCrashError(`${name} runs nothing any more: the stack has stopped`);
    for (const environment of environments.keys()) if (!environment.isAlive) environments.delete(environment);
    const free = [...environments.keys()].find((environment) => !environment.isBusy);
    if (free || environments.size >= maxEnvironments) return free;
    started += 1;
    const environmentName = `${name}.${started}`;
    const variables = { ...options.variables, AWS_SDK_UA_APP_ID: environmentName };
    const environment = startExecutionEnvironment({ ...options, variables });
    environments.set(environment, environmentName);
    return environment;
  }

  return {
    name,
    async invoke(event) {
      let environment = takeEnvironment();
      while (!environment) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        environment = takeEnvironment();
      }
      try {
        return await environment.invoke(event);
      } finally {
        waiting.shift()?.();
      }
    },
    async killBusy(namePrefix = '') {
      const busy = [...environments].filter(
        ([{ isAlive, isBusy }, environmentName]) =>
          isAlive && isBusy && environmentName.startsWith(namePrefix),
      );
      await Promise.all(busy.map(([environment]) => environment.kill('it was killed')));
      return busy.length;
    },
    async [Symbol.asyncDispose]() {
      isStopped = true;
      for (const wake of waiting.splice(0)) wake();
      await Promise.all(
        [...environments.keys()].map((environment) => environment.kill('the stack is stopping')),
      );
    },
  };
}
