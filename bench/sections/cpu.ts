import { gzipSync } from 'node:zlib';
import { archivePacker } from '../../lib/archive/index.ts';
import { offlineModel } from '../../lib/model/index.ts';
import type { LogRecord, Message } from '../../lib/session/index.ts';
import type { Section, SectionContext } from '../section.ts';
import { messagesOf } from '../world/bench-session.ts';
import type { English } from '../world/load-english.ts';
import { repeatableIds } from '../world/repeatable-ids.ts';

const BYTES = 400;
const FEW = 100;
const MANY = 1_000;
/** The least of so many is taken: what disturbs a measurement makes it longer, never shorter. */
const ROUNDS = 5;

export const cpu: Section = {
  name: 'cpu',
  title: 'Computing',
  meaning: `ratios of CPU time (of this process, not of the clock), the least of ${ROUNDS} rounds of each; messages have 0.4 KB`,

  async run(context) {
    const records = recordsOf(context.english, MANY);
    const messages = records.flatMap((record) => record.messages);
    const [packing, plain] = await leastMicroseconds(context, [
      async () => pack(records),
      async () => void gzipSync(JSON.stringify(messages)),
    ]);
    const model = offlineModel();
    const ask = async (asked: readonly Message[]) => {
      await model.summarise({ messages: asked, signal: context.signal });
      await model.extract({ messages: asked, categories: ['entity'], known: [], signal: context.signal });
    };
    const [few, many] = await leastMicroseconds(context, [
      () => ask(messages.slice(0, FEW)),
      () => ask(messages),
    ]);
    return {
      rows: [],
      figures: [
        {
          id: 'cpu.packing',
          label: `packing ${MANY} records, to one gzip of their messages as JSON`,
          value: packing / plain,
          unit: 'ratio',
        },
        {
          id: 'cpu.offline',
          label: `the offline model, for each of ${MANY} messages, to each of ${FEW}`,
          value: many / MANY / (few / FEW),
          unit: 'ratio',
        },
      ],
    };
  },
};

function recordsOf(english: English, count: number): LogRecord[] {
  const newId = repeatableIds();
  const appendedAtMs = Date.parse('2026-01-01T00:00:00Z');
  const at = new Date(appendedAtMs).toISOString();
  return messagesOf(
    english,
    Array.from({ length: count }, () => BYTES),
  ).map((message, index) => ({
    kind: 'record',
    position: index + 1,
    appendId: newId(),
    messages: [{ ...message, id: newId(), at }],
    bytes: BYTES,
    appendedAtMs,
  }));
}

function pack(records: readonly LogRecord[]): void {
  const packer = archivePacker();
  for (const record of records) packer.add(record);
  packer.end();
}

/** CPU time of each work, the works by turns, after one round that is not counted. */
async function leastMicroseconds(
  { signal, quick }: SectionContext,
  works: readonly [() => Promise<void>, () => Promise<void>],
): Promise<[number, number]> {
  const least: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const rounds = quick ? 1 : ROUNDS;
  for (let round = 0; round <= rounds; round += 1) {
    for (const index of [0, 1] as const) {
      signal.throwIfAborted();
      const before = process.cpuUsage();
      await works[index]();
      const { user, system } = process.cpuUsage(before);
      if (round > 0) least[index] = Math.min(least[index], user + system);
    }
  }
  return least;
}
