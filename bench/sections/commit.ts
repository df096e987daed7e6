import { selectRequests } from '../counting/select-requests.ts';
import { totalsOf } from '../counting/totals.ts';
import { addUsage, type Usage } from '../counting/usage.ts';
import { row } from '../row.ts';
import type { Figure, Section, SectionContext } from '../section.ts';
import { benchSession } from '../world/bench-session.ts';
import { type BenchWorld, benchWorld } from '../world/bench-world.ts';

const BYTES = 400;
/** Of 10 000 records only their number is of interest. */
const FEW_BYTES = 40;
const KEPT = 10;

interface Size {
  readonly records: number;
  readonly bytes: number;
}

const sizes: readonly Size[] = [1, 10, 100, 1_000].map((records) => ({ records, bytes: BYTES }));
const largest: Size = { records: 10_000, bytes: FEW_BYTES };

export const commit: Section = {
  name: 'commit',
  title: 'Running a commit',
  meaning:
    'what the commit function does with one message of its queue, which the event source receives and deletes besides: 2 SQS requests more',

  async run(context) {
    await using world = await benchWorld(context.signal);
    const wanted = context.quick ? sizes.slice(0, 3) : [...sizes, largest];
    const measured: { size: Size; usage: Usage; written: Usage }[] = [];
    for (const size of wanted) measured.push({ size, ...(await commitOf(world, context, size)) });
    const rangeUnits = await rangeReadUnits(world, context);
    const rows = measured.map(({ size, usage }) =>
      row(
        `commit.${size.records}`,
        `${size.records} record${size.records === 1 ? '' : 's'} of ${size.bytes} characters`,
        usage,
      ),
    );
    rows.push(row('commit.keep-recent', `100 records, ${KEPT} messages kept`, await keptOf(world, context)));
    rows.push(row('commit.empty', 'nothing live', await emptyOf(world, context)));
    return { rows, figures: [...figuresOf(measured), extraReads(measured, rangeUnits)] };
  },
};

async function prepared(world: BenchWorld, { english }: SectionContext, name: string, size: Size) {
  const session = benchSession(world, english, name);
  await session.call('createSession', { body: {} });
  const written: Usage[] = [];
  for (let index = 0; index < size.records; index += 1) written.push(await session.append(1, size.bytes));
  return { session, written: addUsage(...written) };
}

async function commitOf(world: BenchWorld, context: SectionContext, size: Size) {
  const { session, written } = await prepared(world, context, `commit-${size.records}`, size);
  return { usage: await session.commit(), written };
}

async function keptOf(world: BenchWorld, context: SectionContext): Promise<Usage> {
  const { session } = await prepared(world, context, 'kept', { records: 100, bytes: BYTES });
  return session.commit({ keepRecent: KEPT });
}

async function emptyOf(world: BenchWorld, context: SectionContext): Promise<Usage> {
  const { session } = await prepared(world, context, 'empty', { records: 1, bytes: BYTES });
  await session.commit();
  return session.commit();
}

function figuresOf(measured: readonly { size: Size; usage: Usage; written: Usage }[]): Figure[] {
  const at = (records: number) => measured.find(({ size }) => size.records === records);
  const [small, large] = [at(10), measured.at(-1)];
  const [some, many] = [at(100), at(1_000)];
  return [
    ...(small && large
      ? [
          {
            id: 'commit.seal-ratio',
            label: `claim, seal and unseal of ${large.size.records} records, to those of 10: W`,
            value: sealUnits(large.usage) / sealUnits(small.usage),
            unit: 'ratio' as const,
          },
        ]
      : []),
    ...(small
      ? [
          {
            id: 'commit.fixed',
            label: 'W that do not depend on what is archived',
            value: fixedUnits(small.usage),
            unit: 'W' as const,
          },
        ]
      : []),
    ...[some, many].flatMap((one) =>
      one
        ? [
            {
              id: `commit.times-written.${one.size.records}`,
              label: `${one.size.records} records: W of record, tombstone and chunk, to W of the record`,
              value: timesWritten(one),
              unit: 'ratio' as const,
            },
          ]
        : [],
    ),
    ...(some && many
      ? [
          {
            id: 'commit.linearity',
            label: 'W for each record at 1000 records, to those at 100',
            value: totalsOf(many.usage).writeUnits / 1_000 / (totalsOf(some.usage).writeUnits / 100),
            unit: 'ratio' as const,
          },
        ]
      : []),
  ];
}

/** A range of 10 records like those of the commit of 10: what one query of it takes. */
async function rangeReadUnits(world: BenchWorld, context: SectionContext): Promise<number> {
  const { session } = await prepared(world, context, 'range', { records: 10, bytes: BYTES });
  const usage = await session.call('getSession');
  return totalsOf(selectRequests(usage, 'Query', 'LOG')).readUnits;
}

function extraReads(measured: readonly { size: Size; usage: Usage }[], rangeUnits: number): Figure {
  const ten = measured.find(({ size }) => size.records === 10);
  return {
    id: 'commit.extra-reads',
    label: '10 records: R besides the range twice',
    value: totalsOf(ten?.usage ?? []).readUnits - 2 * rangeUnits,
    unit: 'R',
  };
}

const writes = (usage: Usage) => totalsOf(usage).writeUnits;
const sealUnits = (usage: Usage) => writes(selectRequests(usage, 'UpdateItem', 'META'));
const tombstoneUnits = (usage: Usage) => writes(selectRequests(usage, 'BatchWriteItem', 'LOG'));
const chunkUnits = (usage: Usage) => writes(selectRequests(usage, 'PutItem', 'CHUNK'));
const manifestUnits = (usage: Usage) => writes(selectRequests(usage, 'PutItem', 'ARCHIVE'));

function fixedUnits(usage: Usage): number {
  return writes(usage) - tombstoneUnits(usage) - chunkUnits(usage) - manifestUnits(usage);
}

function timesWritten({ usage, written }: { usage: Usage; written: Usage }): number {
  const record = writes(selectRequests(written, 'PutItem', 'LOG'));
  return (record + tombstoneUnits(usage) + chunkUnits(usage)) / record;
}
