import { parentPort, workerData } from 'node:worker_threads';
import { applyMutant } from '../mutants/apply-mutant.ts';
import type { Task } from './task.ts';

// Errors are part of every schedule, and their stacks would take a third of the time.
Error.stackTraceLimit = 0;

const task = workerData as Task;
const mutation = task.mutant && applyMutant(task.mutant);
// Loaded only now, so that a mutant is loaded in place of the protocol.
const { runTask } = await import('./run-task.ts');
mutation?.requireApplied();
// Outside of any promise: the task runs the actors' promises itself.
setImmediate(() => parentPort?.postMessage(runTask(task)));
