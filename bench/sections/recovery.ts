import { commitSession } from '../../lib/commit/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import type { CommitMessage } from '../../lib/queue/index.ts';
import { totalsOf } from '../counting/totals.ts';
import type { Usage } from '../counting/usage.ts';
import { row } from '../row.ts';
import type { Section, SectionContext } from '../section.ts';
import { benchSession } from '../world/bench-session.ts';
import { type BenchWorld, benchWorld } from '../world/bench-world.ts';
import { crashAfter } from '../world/crash-after.ts';

/** Two chunks and four batches of tombstones: there is a middle of each to crash in. */
const RECORDS = 100;
const BYTES = 4_000;

/** The last call of the worker that dies; in the order in which a commit makes them. */
const steps = [
  { id: 'acquire', label: 'the lease', method: 'acquire', nth: 1 },
  { id: 'claim', label: 'the claim', method: 'claim', nth: 1 },
  { id: 'start', label: 'state committing', method: 'changeCommit', nth: 1 },
  { id: 'seal', label: 'the seal', method: 'seal', nth: 1 },
  { id: 'chunk', label: 'the first of 2 chunks', method: 'putChunk', nth: 1 },
  { id: 'manifest', label: 'the manifest', method: 'putManifest', nth: 1 },
  { id: 'hand-over', label: 'the hand-over', method: 'send', nth: 1 },
  { id: 'tombstones', label: '25 of 100 tombstones', method: 'putTombstones', nth: 1 },
  { id: 'clear', label: 'the last tombstones', method: 'putTombstones', nth: 4 },
  { id: 'archived', label: 'state archived', method: 'changeCommit', nth: 2 },
  { id: 'unseal', label: 'the unseal', method: 'unseal', nth: 1 },
] as const;

type Step = (typeof steps)[number];

export const recovery: Section = {
  name: 'recovery',
  title: 'Recovering from a crash',
  meaning: `what the next delivery costs after a worker died right behind a step; ${RECORDS} records of ${BYTES} characters, without the queue`,

  async run(context) {
    await using world = await benchWorld(context.signal);
    const message = await sessionToCommit(world, context, 'undisturbed');
    const undisturbed = await world.meter.during(() => commitSession(world.commit, message, context.signal));
    const rows = [row('recovery.none', 'no crash', undisturbed)];
    const ratios: { step: Step; value: number }[] = [];
    const wanted = context.quick ? steps.filter(({ id }) => id === 'seal' || id === 'clear') : steps;
    for (const step of wanted) {
      const { dead, next } = await recoverFrom(world, context, step);
      rows.push(row(`recovery.${step.id}`, `after ${step.label}`, next));
      ratios.push({ step, value: writes(dead, next) / writes(undisturbed) });
    }
    const each = ratios.map(({ step, value }) => ({
      id: `recovery.ratio.${step.id}`,
      label: `W of both workers, the first dead after ${step.label}, to W without a crash`,
      value,
      unit: 'ratio' as const,
    }));
    const most = {
      id: 'recovery.ratio.most',
      label: 'the highest of these',
      value: Math.max(...ratios.map(({ value }) => value)),
      unit: 'ratio' as const,
    };
    return { rows, figures: [...each, most] };
  },
};

const writes = (...usages: readonly Usage[]) =>
  usages.reduce((sum, usage) => sum + totalsOf(usage).writeUnits, 0);

async function sessionToCommit(
  world: BenchWorld,
  { makeEnglish }: SectionContext,
  name: string,
): Promise<CommitMessage> {
  const session = benchSession(world, makeEnglish(), name);
  await session.call('createSession', { body: {} });
  await session.append(RECORDS, BYTES);
  return { ...session.key, commitId: world.newId(), keepRecent: 0, requestedAtMs: world.clock.now() };
}

async function recoverFrom(world: BenchWorld, context: SectionContext, { id, method, nth }: Step) {
  const message = await sessionToCommit(world, context, `crash-${id}`);
  const crash = crashAfter(method, nth);
  const { store, followUps, lease } = world.commit;
  const dying = {
    ...world.commit,
    store: crash.wrap(store),
    followUps: crash.wrap(followUps),
    lease: { ...lease, leases: crash.wrap(lease.leases) },
  };
  const dead = await world.meter.during(() =>
    commitSession(dying, message, AbortSignal.any([context.signal, crash.signal])).catch(() => 'it died'),
  );
  context.signal.throwIfAborted();
  if (!crash.signal.aborted) throw new Error(`No commit makes the call '${method}' ${nth} time(s) any more.`);
  world.clock.advance(defaultLimits.lease.ttlMs + 1);
  const next = await world.meter.during(() => commitSession(world.commit, message, context.signal));
  return { dead, next };
}
