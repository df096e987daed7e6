import type { Scenario } from './world/scenario.ts';

const first = { contents: ['m1'], repeatable: false } as const;
const second = { contents: ['m2'], repeatable: true } as const;

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

const withIds = (...contents: string[]) => ({ contents, repeatable: true, hasIds: true }) as const;

/** Two appends at once that have a message in common. */
const overlapping: Scenario = {
  ...commits,
  name: 'overlapping-appends',
  appends: [[withIds('m1', 'm2')], [withIds('m2', 'm3')]],
  live: 0,
  queuedCommits: 0,
  commitWorkers: 1,
};

/** An archive that is to be merged, into a memory that another session has spoken of. */
const memories: Scenario = {
  ...commits,
  name: 'memories',
  appends: [],
  queuedCommits: 1,
  isCommitted: true,
  commitWorkers: 1,
  followUpWorkers: 1,
  hasOther: true,
};

const MINUTE_MS = 60_000;

/** A session that commits itself, with its second message. The second append meets the check that ends the checks. */
const autoCommit: Scenario = {
  ...commits,
  name: 'auto-commit',
  appends: [
    [{ contents: ['m1', 'm2'], repeatable: false }],
    [{ contents: ['m3', 'm4'], repeatable: false, afterMs: 6 * MINUTE_MS }],
  ],
  queuedCommits: 0,
  commitWorkers: 1,
  policy: { messageCount: 2, pendingTokens: null, idleSeconds: null, keepRecent: 0, minIntervalSeconds: 0 },
  lifetimeMs: MINUTE_MS / 2,
};

/** One that commits itself when it is idle. */
const autoCommitIdle: Scenario = {
  ...autoCommit,
  name: 'auto-commit-idle',
  appends: [[first], [{ ...second, afterMs: 6 * MINUTE_MS }]],
  live: 0,
  policy: { messageCount: null, pendingTokens: null, idleSeconds: 60, keepRecent: 0, minIntervalSeconds: 0 },
};

export const scenarios: readonly Scenario[] = [
  { ...commits, isFollowedWhole: true },
  { ...autoCommit, isFollowedWhole: true },
  { ...overlapping, isFollowedWhole: true },
  autoCommitIdle,
  // Somebody asks for a commit while the only message is being appended.
  { ...autoCommitIdle, name: 'auto-commit-and-request', appends: [[first]], requestedCommits: 1 },
  // The same, with a message that is to stay live.
  {
    ...autoCommitIdle,
    name: 'auto-commit-keep-recent',
    appends: [[first]],
    live: 1,
    requestedCommits: 1,
    keepRecent: 1,
    policy: {
      messageCount: null,
      pendingTokens: null,
      idleSeconds: 60,
      keepRecent: 1,
      minIntervalSeconds: 0,
    },
  },
  { ...commits, name: 'keep-recent', keepRecent: 1, appends: [[second]], queuedCommits: 1 },
  // Both commits at once: they meet at the lease.
  { ...commits, name: 'side-by-side', appends: [[second]], isOrdered: false },
  { ...commits, name: 'reader', appends: [[second]], queuedCommits: 1, readers: 1 },
  // Redelivered, or one whose worker was frozen: two of them work on one archive.
  { ...commits, name: 'follow-up', appends: [], queuedCommits: 1, isCommitted: true, followUpWorkers: 2 },
  // An operator replays a dead letter whose second round may be over before the replay has noted itself.
  { ...commits, name: 'replay', appends: [], queuedCommits: 0, replayedCommits: 1, maxReceiveCount: 1 },
  { ...commits, name: 'requests', appends: [[second]], queuedCommits: 0, requestedCommits: 2 },
  // A message vanishes, and somebody asks again.
  {
    ...commits,
    name: 'vanished-message',
    appends: [],
    queuedCommits: 0,
    requestedCommits: 2,
    requestPauseMs: 90_000,
    commitWorkers: 1,
    messagesVanish: true,
  },
  // The same, where only the policy asks.
  { ...autoCommitIdle, name: 'auto-commit-vanished', appends: [[first]], messagesVanish: true },
  // The schedule fires twice.
  {
    ...autoCommitIdle,
    name: 'auto-commit-twice',
    appends: [[first]],
    checksTwice: true,
    policy: {
      messageCount: null,
      pendingTokens: null,
      idleSeconds: 60,
      keepRecent: 0,
      minIntervalSeconds: 60,
    },
  },
  // The session is deleted while somebody appends to it.
  {
    ...commits,
    name: 'deletion-and-append',
    appends: [[second]],
    queuedCommits: 0,
    commitWorkers: 0,
    deleters: 1,
  },
  // While its commit runs.
  { ...commits, name: 'deletion-and-commit', appends: [], queuedCommits: 1, commitWorkers: 1, deleters: 1 },
  // While its archive is followed up.
  {
    ...commits,
    name: 'deletion-and-follow-up',
    appends: [],
    queuedCommits: 1,
    isCommitted: true,
    commitWorkers: 1,
    followUpWorkers: 1,
    deleters: 1,
  },
  // While somebody asks for a commit.
  {
    ...commits,
    name: 'deletion-and-request',
    appends: [],
    queuedCommits: 0,
    requestedCommits: 1,
    commitWorkers: 1,
    deleters: 1,
  },
  // Twice at once, or again after the first was cut off.
  { ...commits, name: 'deletion-twice', appends: [[first]], queuedCommits: 0, commitWorkers: 0, deleters: 2 },
  // It is deleted with its memories while its archive is followed up; another session has spoken of the same.
  {
    ...memories,
    name: 'erasure-and-merge',
    deleters: 1,
    erasesMemories: true,
  },
  // The same, where the session takes back what the other has said.
  { ...memories, name: 'erasure-of-a-retraction', deleters: 1, erasesMemories: true, takesBack: true },
  // A person corrects the memory while an archive is merged into it.
  { ...memories, name: 'entry-and-merge', entries: ['edit', 'forget'] },
  // An archive is extracted once more while a person corrects what it said.
  { ...memories, name: 'extraction-again-and-entry', extractsAgain: true, entries: ['edit'] },
  // While its session is deleted.
  {
    ...memories,
    name: 'erasure-and-extraction-again',
    extractsAgain: true,
    deleters: 1,
    erasesMemories: true,
  },
  // Two workers extract it once more.
  { ...memories, name: 'extraction-again-twice', extractsAgain: true, followUpWorkers: 2 },
  // All of it at once.
  {
    ...memories,
    name: 'memories',
    live: 2,
    extractsAgain: true,
    followUpWorkers: 2,
    entries: ['edit', 'forget'],
    deleters: 1,
    erasesMemories: true,
    isForWalks: true,
    maxFaults: 2,
  },
  // Its archives are embedded while it is deleted with its memories: one of them, and the memory, by its follow-up, the
  // other by a back-fill.
  {
    ...memories,
    ...{ live: 2, queuedCommits: 2, commitsOneEach: true, isFollowedUp: true },
    name: 'embedding-and-deletion',
    embeddings: [{ archive: 1 }, { archive: 2, leavesMemory: true }],
    deleters: 1,
    erasesMemories: true,
  },
  // A person corrects a memory, and takes it back, while it is embedded.
  {
    ...memories,
    name: 'embedding-and-change',
    isFollowedUp: true,
    embeddings: [{ archive: 1 }],
    entries: ['edit', 'forget'],
  },
  // What becomes of a commit is told while it runs.
  {
    ...commits,
    name: 'events',
    appends: [],
    queuedCommits: 1,
    commitWorkers: 1,
    publishes: true,
  },
  // Its worker dies at its only delivery, and the letter is replayed.
  {
    ...commits,
    name: 'events-of-a-death',
    appends: [],
    queuedCommits: 1,
    commitWorkers: 1,
    maxReceiveCount: 1,
    publishes: true,
  },
  // One that somebody asked for: the schedule records its death before anybody replays the letter.
  {
    ...commits,
    name: 'events-of-a-silent-death',
    appends: [],
    queuedCommits: 0,
    requestedCommits: 1,
    commitWorkers: 1,
    maxReceiveCount: 1,
    recordsDeaths: true,
    publishes: true,
  },
  // The worker that dies is the follow-up's.
  {
    ...commits,
    name: 'events-of-a-silent-follow-up',
    appends: [],
    queuedCommits: 1,
    isCommitted: true,
    commitWorkers: 1,
    followUpWorkers: 1,
    maxReceiveCount: 1,
    recordsDeaths: true,
    publishes: true,
  },
  // Its follow-up may have completed it before it reads archived.
  {
    ...commits,
    name: 'events-overtaken',
    appends: [],
    queuedCommits: 1,
    commitWorkers: 1,
    followUpWorkers: 1,
    publishes: true,
  },
  // It was given up, is replayed, and may be given up again.
  {
    ...commits,
    name: 'events-of-a-replay',
    appends: [],
    queuedCommits: 0,
    replayedCommits: 1,
    maxReceiveCount: 1,
    publishes: true,
  },
  // A memory is merged and taken back, or it is erased.
  { ...memories, name: 'events-of-memories', entries: ['forget'], publishes: true },
  {
    ...memories,
    name: 'events-of-an-erasure',
    deleters: 1,
    erasesMemories: true,
    publishes: true,
  },
  // What an archive said is replaced.
  { ...memories, name: 'events-of-an-extraction-again', extractsAgain: true, publishes: true },
  { ...overlapping, name: 'overlapping-appends-and-commit', queuedCommits: 1 },
  // A frontend that has no answer sends an append again while the first is under way.
  {
    ...overlapping,
    name: 'append-twice',
    appends: [[withIds('m1', 'm2')], [withIds('m1', 'm2')]],
    queuedCommits: 1,
  },
  // The same, where the message that both would agree by is stored already.
  {
    ...overlapping,
    name: 'append-twice-in-part',
    appends: [[withIds('m2'), withIds('m1', 'm2')], [withIds('m1', 'm2')]],
  },
  // Three commits of one session, and a worker that dies at the first until it is given up.
  {
    ...commits,
    name: 'three-commits',
    appends: [],
    queuedCommits: 3,
    commitWorkers: 1,
    maxReceiveCount: 2,
    maxFaults: 2,
  },
  { ...commits, name: 'one-commit', appends: [], queuedCommits: 1, maxFaults: 2 },
  { ...commits, name: 'two-faults', appends: [[second]], queuedCommits: 1, maxFaults: 2 },
  { ...commits, name: 'commit-and-follow-up', appends: [], queuedCommits: 1, followUpWorkers: 2 },
  // It is deleted while all of that happens.
  {
    ...commits,
    name: 'deletion',
    appends: [[second]],
    queuedCommits: 1,
    commitWorkers: 1,
    followUpWorkers: 1,
    deleters: 1,
  },
  // Everybody, three commit workers, more faults: for walks.
  {
    ...commits,
    name: 'everybody',
    appends: [[first, second], [withIds('m3', 'm4')], [withIds('m4')]],
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
