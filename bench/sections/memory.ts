import { commitSession } from '../../lib/commit/index.ts';
import type { Section, SectionContext } from '../section.ts';
import { benchSession } from '../world/bench-session.ts';
import { type BenchWorld, benchWorld } from '../world/bench-world.ts';
import { heldBytes } from '../world/held-bytes.ts';

const BYTES = 40_000;
const SMALL_RECORDS = 100;
const LARGE_RECORDS = 400;

export const memory: Section = {
  name: 'memory',
  title: 'What a commit holds in memory',
  meaning:
    'the most bytes of records and chunks, from the store or on the way to it, that a commit holds on to when a page comes or a chunk goes, found by collecting garbage there; a page has 1 MB',

  async run(context) {
    await using world = await benchWorld(context.signal);
    const [few, many] = context.quick ? [SMALL_RECORDS, 2 * SMALL_RECORDS] : [SMALL_RECORDS, LARGE_RECORDS];
    const small = await peakOf(world, context, few);
    const large = await peakOf(world, context, many);
    return {
      rows: [],
      figures: [
        {
          id: 'memory.small',
          label: `archive of ${megabytes(few)} MB: most held`,
          value: small,
          unit: 'bytes',
        },
        {
          id: 'memory.large',
          label: `archive of ${megabytes(many)} MB: most held`,
          value: large,
          unit: 'bytes',
        },
        {
          id: 'memory.ratio',
          label: `most held with ${megabytes(many)} MB, to most held with ${megabytes(few)} MB`,
          value: large / small,
          unit: 'ratio',
        },
      ],
    };
  },
};

const megabytes = (records: number) => (records * BYTES) / 1_000_000;

async function peakOf(world: BenchWorld, { english }: SectionContext, records: number): Promise<number> {
  const session = benchSession(world, english, `memory-${records}`);
  await session.call('createSession', { body: {} });
  await session.append(records, BYTES);
  const held = heldBytes(world.commit.store);
  await commitSession(
    { ...world.commit, store: held.store },
    { ...session.key, commitId: world.newId(), keepRecent: 0, requestedAtMs: world.clock.now() },
    world.signal,
  );
  return held.peakBytes;
}
