import { Worker } from 'node:worker_threads';
import type { Task, TaskResult } from './task.ts';

const MAX_HEAP_MB = 8_000;

/** Runs a task in a thread of its own: it keeps its thread busy, and may change the protocol that it loads. */
export function runInThread(task: Task): Promise<TaskResult> {
  const { promise, resolve, reject } = Promise.withResolvers<TaskResult>();
  const thread = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: task,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  thread.once('message', resolve);
  thread.once('error', reject);
  thread.once('exit', (code) => reject(new Error(`A search thread ended with code ${code} and no result`)));
  return promise;
}
