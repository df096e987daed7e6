import type { FoundViolation, TaskResult } from '../search/task.ts';

/** What the tasks found together. */
export interface Total {
  readonly schedules: number;
  readonly distinctStates: number;
  readonly crashPoints: readonly string[];
  readonly violations: readonly FoundViolation[];
  readonly isComplete: boolean;
  readonly seconds: number;
}

export function totalOf(results: readonly TaskResult[], startedAtMs: number): Total {
  const sum = (numberOf: (result: TaskResult) => number) =>
    results.reduce((total, result) => total + numberOf(result), 0);
  return {
    schedules: sum(({ schedules }) => schedules),
    distinctStates: sum(({ distinctStates }) => distinctStates),
    crashPoints: [...new Set(results.flatMap(({ crashPoints }) => crashPoints))],
    violations: results.flatMap(({ violation }) => violation ?? []),
    isComplete: results.every(({ isComplete }) => isComplete),
    seconds: Math.round((Date.now() - startedAtMs) / 100) / 10,
  };
}
