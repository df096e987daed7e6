import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { replayTask } from './cli/replay-command.ts';
import { hunt } from './mutants/hunt.ts';
import { mutants } from './mutants/mutants.ts';
import { scenarioNamed } from './scenarios.ts';
import { runInThread } from './search/run-in-thread.ts';
import { visitedMemory } from './search/visited-set.ts';

async function searchAll(name: string, maxFaults: number, maxSchedules = Number.POSITIVE_INFINITY) {
  return runInThread({
    kind: 'search',
    scenario: { ...scenarioNamed(name), maxFaults },
    untilMs: Number.POSITIVE_INFINITY,
    maxSchedules,
    visited: visitedMemory(1 << 22),
    isTurned: Number.isFinite(maxSchedules),
    part: { index: 0, of: 1 },
  });
}

async function walkSome(seed: number, maxSchedules: number) {
  return runInThread({
    kind: 'walk',
    scenario: scenarioNamed('everybody'),
    untilMs: Number.POSITIVE_INFINITY,
    seed,
    maxSchedules,
  });
}

describe('every schedule', () => {
  test.each([
    ['commits', 0],
    ['side-by-side', 0],
    ['requests', 0],
    ['reader', 0],
    ['follow-up', 0],
    ['replay', 0],
    ['auto-commit', 0],
    ['auto-commit-idle', 0],
    ['auto-commit-and-request', 0],
    ['auto-commit-keep-recent', 0],
    ['deletion-and-request', 0],
    ['deletion-and-follow-up', 0],
    ['deletion-and-append', 1],
    ['deletion-and-commit', 1],
    ['deletion-twice', 1],
    ['vanished-message', 1],
    ['auto-commit-vanished', 1],
    ['auto-commit-twice', 1],
    ['three-commits', 1],
    ['one-commit', 1],
    ['overlapping-appends', 0],
    ['append-twice', 0],
    ['erasure-and-merge', 0],
    ['erasure-of-a-retraction', 0],
    ['entry-and-merge', 0],
    ['extraction-again-and-entry', 1],
    ['erasure-and-extraction-again', 0],
    ['embedding-and-deletion', 0],
    ['embedding-and-change', 1],
    ['events', 0],
    ['events-of-a-death', 0],
    ['events-of-a-silent-death', 0],
    ['events-of-a-silent-follow-up', 0],
    ['events-of-a-replay', 0],
    ['events-of-memories', 0],
    ['events-of-an-extraction-again', 0],
  ])('of "%s" with %i faults keeps every promise', async (name, maxFaults) => {
    const { violation, isComplete, schedules } = await searchAll(name, maxFaults);
    expect(violation).toBeUndefined();
    expect(isComplete).toBe(true);
    expect(schedules).toBeGreaterThan(0);
  });
});

/** Each takes a second or so of a processor; `npm run explore` goes on for as long as it is given. */
const FIRST_SCHEDULES = 5_000;

describe('the first schedules', () => {
  test.each([
    'auto-commit',
    'auto-commit-idle',
    'auto-commit-and-request',
    'auto-commit-keep-recent',
    'replay',
    'deletion-and-request',
    'deletion-and-follow-up',
    'deletion',
    'overlapping-appends',
    'overlapping-appends-and-commit',
    'append-twice',
    'erasure-and-merge',
    'entry-and-merge',
    'erasure-and-extraction-again',
    'extraction-again-twice',
    'embedding-and-deletion',
    'events',
    'events-of-a-death',
    'events-of-a-silent-death',
    'events-of-a-silent-follow-up',
    'events-overtaken',
    'events-of-a-replay',
    'events-of-memories',
    'events-of-an-erasure',
  ])('of "%s" with 1 fault keep every promise', async (name) => {
    const { violation, schedules } = await searchAll(name, 1, FIRST_SCHEDULES);
    expect(violation).toBeUndefined();
    expect(schedules).toBeGreaterThanOrEqual(FIRST_SCHEDULES);
  });
});

describe('schedules at random', () => {
  test('of three commit workers and everybody else, with four faults, keep every promise', async () => {
    const { violation, schedules } = await walkSome(1, 300);
    expect(violation).toBeUndefined();
    expect(schedules).toBe(300);
  });
});

describe('a replay', () => {
  test('of a schedule is the same run, whether actors are run anew or remembered', async () => {
    const { last = '' } = await walkSome(2, 1);
    const task = replayTask(last);
    const anew = await runInThread(task);
    const remembered = await runInThread({ ...task, remember: true } as typeof task);
    expect(anew.told?.length).toBeGreaterThan(50);
    expect(remembered.told).toEqual(anew.told);
  });

  test('of a step that is not possible says which one', async () => {
    await expect(runInThread(replayTask('commits:1:.0-0,.0-7'))).rejects.toThrow("Step 2, '.0-7'");
  });
});

describe('a mutant', () => {
  test.each(mutants)('"$name" still changes what it says', async ({ edits }) => {
    for (const { file, find, replace } of edits) {
      const source = await readFile(new URL(`../../lib/${file}`, import.meta.url), 'utf8');
      expect(source.split(find).length - 1, `${file}: ${find}`).toBe(1);
      expect(replace).not.toBe(find);
    }
  });

  test.each([
    ['clear before the manifest', 'no-loss'],
    ['lease taken although held', 'one-holder'],
    ['statement named by the time of its merge', 'once'],
    ['memory changed whatever it has become', 'memories-are-views'],
    ['statement of a deleted session merged late', 'nothing-stays'],
    ['retraction that goes with its session', 'others-stay'],
    ['vectors listed before the archives are closed', 'nothing-stays'],
    ['vector of a memory written whatever it has become', 'vectors-of-texts'],
    ['follow-up holding a lease during the model call', 'no-lease-during-model'],
    ['heartbeat that never aborts', 'stops-when-told'],
    ['check scheduled after the record is written', 'committed-by-policy'],
    ['several messages for one invocation', 'own-attempts'],
    ['request answered with a commit that nobody has heard of for long', 'answered-alive'],
    ['check that asks for the commit without being its own', 'least-interval'],
    ['retry noted over a later death', 'told-truly'],
    ['last position as it was at the claim', 'nothing-stays'],
    ['message taken over from a position that is still open', 'no-duplicate'],
    ['message that is only tied taken for stored', 'no-loss'],
    ['writes taken for published that the bus did not answer for', 'events-tell-all'],
    ['events that the bus did not take taken for published', 'events-tell-all'],
    ['events named by when they are published', 'events-tell-all'],
    ['text told that was erased', 'events-tell-all'],
    ['death of a worker at its last delivery found, and not recorded', 'events-tell-all'],
  ])('"%s" breaks %s, and its schedule shows that again', async (name, invariant) => {
    const mutant = mutants.find((one) => one.name === name);
    const killedBy = mutant && (await hunt(mutant)).killedBy;
    expect(killedBy?.invariant).toBe(invariant);
    const again = await runInThread(replayTask(killedBy?.replay ?? '', name));
    expect(again.violation?.invariant).toBe(invariant);
  });
});
