import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { FunctionCrashError, FunctionError, FunctionTimeoutError } from '../errors.ts';
import type { Invocation, InvocationAnswer, ThreadSettings } from './messages.ts';

export interface ExecutionEnvironmentOptions extends ThreadSettings {
  readonly timeoutMs: number;
  /** All that the code finds in `process.env`. */
  readonly variables: Readonly<Record<string, string>>;
  readonly onLog: (line: string) => void;
}

export interface ExecutionEnvironment {
  /** Whether it takes another invocation; one that is about to be stopped does not. */
  readonly isAlive: boolean;
  readonly isBusy: boolean;
  /**
   * Runs the handler once; one invocation at a time. One that is late has ended, as all of its environment has, when the
   * error is thrown.
   *
   * @throws FunctionTimeoutError, FunctionCrashError: the environment is dead then. FunctionError: the handler threw.
   */
  invoke(event: unknown): Promise<unknown>;
  /** Stops the thread where it is, at once. */
  kill(reason: string): Promise<void>;
}

/** Ends a function that hangs while it loads, which does not count towards its timeout. */
const LOAD_TIMEOUT_MS = 5 * 60_000;

/** In the package it is a bundle, as this file is. */
const threadFile = `./environment-thread${path.extname(import.meta.url)}`;

/** One execution environment of a function: its bundled code in a thread of its own. */
export function startExecutionEnvironment(options: ExecutionEnvironmentOptions): ExecutionEnvironment {
  const { functionName, timeoutMs, variables, onLog, ...settings } = options;
  const thread = new Worker(new URL(threadFile, import.meta.url), {
    name: functionName,
    workerData: { ...settings, functionName } satisfies ThreadSettings,
    env: { ...variables },
    execArgv: ['--enable-source-maps', '--disable-warning=ExperimentalWarning'],
    stdout: true,
    stderr: true,
  });
  for (const stream of [thread.stdout, thread.stderr]) createInterface(stream).on('line', onLog);

  let hasExited = false;
  /** Why the thread was stopped, if it was. */
  let stopped: Error | undefined;
  let failure = 'it exited';
  let invocations = 0;
  let current: { resolve: (value: unknown) => void; reject: (error: Error) => void } | undefined;
  const { promise: loaded, resolve: setLoaded, reject: failLoading } = Promise.withResolvers<void>();
  loaded.catch(() => 'the invocation that waits for it reports it');

  function settle(how: (waiting: NonNullable<typeof current>) => void): void {
    const waiting = current;
    current = undefined;
    if (waiting) how(waiting);
  }

  thread.on('message', (answer: InvocationAnswer) => {
    if (answer.kind === 'loaded') setLoaded();
    else if (answer.kind === 'result') settle(({ resolve }) => resolve(answer.value));
    else
      settle(({ reject }) => reject(new FunctionError(`${functionName}: ${answer.name}: ${answer.message}`)));
  });
  thread.on('error', (error) => {
    failure = error instanceof Error ? error.message : String(error);
    onLog(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
  thread.on('exit', () => {
    hasExited = true;
    const death = stopped ?? crash(failure);
    failLoading(death);
    settle(({ reject }) => reject(death));
  });

  function crash(reason: string): FunctionCrashError {
    return new FunctionCrashError(`${functionName} died: ${reason}`);
  }

  async function stop(reason: Error): Promise<void> {
    if (hasExited) return;
    stopped ??= reason;
    await thread.terminate();
  }

  async function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
    const timer = setTimeout(() => {
      stop(new FunctionTimeoutError(functionName, limitMs)).catch((error: unknown) => onLog(String(error)));
    }, limitMs);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    get isAlive() {
      return !hasExited && stopped === undefined;
    },
    get isBusy() {
      return current !== undefined;
    },
    kill: (reason) => stop(crash(reason)),
    async invoke(event) {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      current = { resolve, reject };
      promise.catch(() => 'also thrown below');
      try {
        await within(loaded, LOAD_TIMEOUT_MS);
        const deadlineAtMs = Date.now() + timeoutMs;
        const invocation: Invocation = { id: ++invocations, event, requestId: randomUUID(), deadlineAtMs };
        thread.postMessage(invocation);
        return await within(promise, timeoutMs);
      } finally {
        current = undefined;
      }
    },
  };
}
