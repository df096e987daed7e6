import { type Choice, codeOf, parseCode } from '../world/choice.ts';
import { fingerprint } from '../world/fingerprint.ts';
import { machine } from '../world/machine.ts';
import type { Scenario } from '../world/scenario.ts';
import { type SearchResult, searchDepthFirst } from './depth-first.ts';
import { describeStep } from './describe.ts';
import { noFigures } from './figures.ts';
import { replay } from './replay.ts';
import { shrink } from './shrink.ts';
import type { FoundViolation, Task, TaskResult } from './task.ts';
import type { Violation } from './violation.ts';
import { visitedMemory, visitedSet } from './visited-set.ts';
import { walk } from './walk.ts';

/** The states that no fault has touched are few. */
const FAULTLESS_CAPACITY = 1 << 22;

/** Does a thread's task. It must not be called from a promise: the actors' promises run inside it. */
export function runTask(task: Task): TaskResult {
  if (task.kind === 'replay') return replayed(task);
  const { figures, isComplete, violation, last } = explored(task);
  return {
    ...figures,
    crashPoints: [...figures.crashPoints],
    isComplete,
    ...(last && { last: textOf(task.scenario, last) }),
    ...(violation && { violation: found(task, violation) }),
  };
}

function explored(task: Task & { kind: 'search' | 'walk' }): SearchResult {
  const { untilMs, maxSchedules = Number.POSITIVE_INFINITY } = task;
  const mustStop = (schedules: number) => schedules >= maxSchedules || Date.now() > untilMs;
  if (task.kind === 'walk') return walk(task.scenario, { seed: task.seed, mustStop });
  return searchDepthFirst(machine(task.scenario, { remember: true }), {
    visited: visitedSet(task.visited),
    faultless: visitedSet(visitedMemory(FAULTLESS_CAPACITY)),
    mustStop,
    part: task.part,
    isTurned: task.isTurned,
  });
}

function found({ scenario }: Task, violation: Violation): FoundViolation {
  const shortest = shrink(machine(scenario, { remember: true }), violation);
  const world = machine(scenario, { remember: false });
  const { invariant, detail, schedule } = shortest;
  return {
    invariant,
    detail,
    replay: textOf(scenario, schedule),
    steps: replay(world, schedule).steps.map((step) => describeStep(world, step)),
  };
}

function textOf({ name, maxFaults }: Scenario, schedule: readonly Choice[]): string {
  return `${name}:${maxFaults}:${schedule.map(codeOf).join(',')}`;
}

function replayed(task: Task & { kind: 'replay' }): TaskResult {
  const world = machine(task.scenario, { remember: task.remember });
  const { steps, breach } = replay(world, task.codes.map(parseCode));
  const { schedules, distinctStates } = noFigures();
  const told = steps.map((step) => ({
    text: describeStep(world, step),
    fingerprint: fingerprint(step.after),
  }));
  return {
    schedules,
    distinctStates,
    steps: steps.length,
    crashPoints: [],
    isComplete: true,
    told,
    ...(breach && {
      violation: { ...breach, replay: '', steps: told.map(({ text }) => text) },
    }),
  };
}
