import { mutants } from '../mutants/mutants.ts';
import { scenarioNamed } from '../scenarios.ts';
import { runInThread } from '../search/run-in-thread.ts';
import type { Task } from '../search/task.ts';
import { tell } from './tell.ts';

/** Follows one schedule and tells it; returns 1 when it breaks a promise. */
export async function replayCommand(replay: string, mutantName: string | undefined): Promise<number> {
  const { told = [], violation } = await runInThread(replayTask(replay, mutantName));
  for (const { text } of told) tell(text);
  tell(violation ? `BROKEN: ${violation.invariant}: ${violation.detail}` : 'Every promise is kept.');
  return violation ? 1 : 0;
}

/** @throws SyntaxError, RangeError for what is not a schedule of a scenario, or not a mutant. */
export function replayTask(replay: string, mutantName?: string): Task {
  const [name = '', faults = '', codes = ''] = replay.split(':');
  const maxFaults = Number(faults);
  if (!Number.isInteger(maxFaults)) {
    throw new SyntaxError(`'${replay}' is not a schedule, such as 'commits:1:.0-0,.0-1'`);
  }
  const mutant = mutants.find((one) => one.name === mutantName);
  if (mutantName !== undefined && !mutant) {
    throw new RangeError(
      `There is no mutant '${mutantName}'; there are ${mutants.map((one) => one.name).join(', ')}`,
    );
  }
  return {
    kind: 'replay',
    scenario: { ...scenarioNamed(name), maxFaults },
    untilMs: Number.POSITIVE_INFINITY,
    codes: codes === '' ? [] : codes.split(','),
    remember: false,
    ...(mutant && { mutant }),
  };
}
