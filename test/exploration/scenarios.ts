import type { Scenario } from './world/scenario.ts';

const first = { content: 'm1', repeatable: false } as const;
const second = { content: 'm2', repeatable: true } as const;
const third = { content: 'm3', repeatable: true } as const;

/** Two workers, two appends, one fault. */
const commits: Scenario = {
  name: 'commits',
  appends: [[first, second]],
  live: 1,
  queuedCommits: 2,
  requestedCommits: 0,
  keepRecent: 0,
  commitWorkers: 2,
  followUpWorkers: 0,
  readers: 0,
  isOrdered: true,
  maxFaults: 1,
};

/** `commits` is always followed whole, the others as far as time goes. */
export const scenarios: readonly Scenario[] = [
  commits,
  { ...commits, name: 'keep-recent', keepRecent: 1, appends: [[second]], queuedCommits: 1 },
  // Both commits at once: they meet at the lease.
  { ...commits, name: 'side-by-side', appends: [[second]], isOrdered: false },
  { ...commits, name: 'reader', appends: [[second]], queuedCommits: 1, readers: 1 },
  // Redelivered, or one whose worker was frozen: two of them work on one archive.
  { ...commits, name: 'follow-up', appends: [], queuedCommits: 1, isCommitted: true, followUpWorkers: 2 },
  { ...commits, name: 'requests', appends: [[second]], queuedCommits: 0, requestedCommits: 2 },
  { ...commits, name: 'one-commit', appends: [], queuedCommits: 1, maxFaults: 2 },
  { ...commits, name: 'two-faults', appends: [[second]], queuedCommits: 1, maxFaults: 2 },
  { ...commits, name: 'commit-and-follow-up', appends: [], queuedCommits: 1, followUpWorkers: 2 },
  // Everybody, three commit workers, more faults: for walks.
  {
    ...commits,
    name: 'everybody',
    appends: [[first, second], [third]],
    queuedCommits: 1,
    requestedCommits: 2,
    commitWorkers: 3,
    followUpWorkers: 2,
    readers: 1,
    isOrdered: false,
    maxFaults: 4,
    isForWalks: true,
  },
];

/** @throws RangeError for a name that is not among them. */
export function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario) return scenario;
  const names = scenarios.map((one) => one.name).join(', ');
  throw new RangeError(`There is no scenario '${name}'; there are ${names}`);
}
