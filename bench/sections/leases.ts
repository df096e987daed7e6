import { defaultLimits } from '../../lib/limits/index.ts';
import { row } from '../row.ts';
import type { Row, Section, SectionContext } from '../section.ts';
import { benchSession } from '../world/bench-session.ts';
import { benchWorld, type LeaseStoreName } from '../world/bench-world.ts';
import { modelWithMemories } from '../world/model-with-memories.ts';

const RECORDS = 10;
const BYTES = 400;
const MEMORIES = 3;

export const leases: Section = {
  name: 'leases',
  title: 'Keeping leases in the table or in Redis',
  meaning: `the same commit of ${RECORDS} records and its follow-up with ${MEMORIES} memories, under either lease store; and one renewal, which comes each third of lease.ttlMs`,

  async run(context) {
    const inTable = await withStore(context, 'dynamodb');
    const inRedis = await withStore(context, 'upstash');
    const writes = (rows: readonly Row[]) => rows.reduce((sum, { totals }) => sum + totals.writeUnits, 0);
    return {
      rows: [...inTable, ...inRedis],
      figures: [
        {
          id: 'leases.saved',
          label: 'W that Redis saves, for a commit and its follow-up',
          value: writes(inTable.slice(0, 2)) - writes(inRedis.slice(0, 2)),
          unit: 'W',
        },
      ],
    };
  },
};

async function withStore({ signal, makeEnglish }: SectionContext, name: LeaseStoreName): Promise<Row[]> {
  const english = makeEnglish();
  await using world = await benchWorld(signal, name);
  const session = benchSession(world, english, 'leases');
  await session.call('createSession', { body: {} });
  await session.append(RECORDS, BYTES);
  const commit = await session.commit();
  const followUp = await world.runFollowUp(modelWithMemories(world.followUp.model, english, MEMORIES));
  const { leases: store } = world.commit.lease;
  const claim = { resource: 'bench', owner: 'bench', token: '1', ttlMs: defaultLimits.lease.ttlMs };
  await store.acquire(claim);
  const renewal = await world.meter.during(() => store.renew(claim));
  const label = name === 'dynamodb' ? 'in the table' : 'in Redis';
  return [
    row(`leases.${name}.commit`, `a commit, leases ${label}`, commit),
    row(`leases.${name}.follow-up`, `a follow-up, leases ${label}`, followUp),
    row(`leases.${name}.renewal`, `a renewal, leases ${label}`, renewal),
  ];
}
