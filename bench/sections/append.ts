import type { NewMessage } from '../../lib/session/index.ts';
import { totalsOf } from '../counting/totals.ts';
import { addUsage, type Usage } from '../counting/usage.ts';
import { row } from '../row.ts';
import type { Section } from '../section.ts';
import { benchSession, messagesOf } from '../world/bench-session.ts';
import { benchWorld } from '../world/bench-world.ts';

const CHARACTERS = 400;
const BATCH = 10;
/** What one append may hold is 256 KiB of JSON; a message's other fields take some of it. */
const LARGEST_CHARACTERS = 262_144 - 200;

const sizes = [
  { id: 'append.0.4KB', label: 'append, 0.4 KB', bytes: CHARACTERS },
  { id: 'append.4KB', label: 'append, 4 KB', bytes: 4_000 },
  { id: 'append.40KB', label: 'append, 40 KB', bytes: 40_000 },
  { id: 'append.256KB', label: 'append, 256 KB (the most)', bytes: LARGEST_CHARACTERS },
];

export const append: Section = {
  name: 'append',
  title: 'Appending',
  meaning: 'what one API request costs that appends to a session; the size is that of the text',

  async run({ signal, english, quick }) {
    await using world = await benchWorld(signal);
    const session = benchSession(world, english, 'append');
    const messages = messagesOf(english, [CHARACTERS]);
    const withIds = (all: readonly NewMessage[], from: number) =>
      all.map((message, index) => ({ ...message, id: `message-${from + index}` }));
    const send = (body: object[], idempotencyKey?: string) =>
      session.call('appendMessages', {
        body: { messages: body },
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      });

    const rows = [row('create', 'create a session', await session.call('createSession', { body: {} }))];
    for (const { id, label, bytes } of sizes) rows.push(row(id, label, await session.append(1, bytes)));
    rows.push(row('append.keyed', 'append with a key, 0.4 KB', await send(messages, 'key-1')));
    rows.push(row('append.repeat', 'the same append again', await send(messages, 'key-1')));
    rows.push(row('append.ids', 'append with message ids, 0.4 KB', await send(withIds(messages, 1))));
    rows.push(row('append.ids.repeat', 'the same append again', await send(withIds(messages, 1))));
    const ten = messagesOf(
      english,
      Array.from({ length: BATCH }, () => CHARACTERS),
    );
    const together = await send(ten);
    const apart: Usage[] = [];
    for (const message of ten) apart.push(await send([message]));
    rows.push(row('append.together', '10 messages of 0.4 KB in one append', together));
    rows.push(row('append.apart', 'the same 10, one by one', addUsage(...apart)));
    const tenWithIds = withIds(ten, 101);
    const overlapping = [...tenWithIds.slice(BATCH / 2), ...withIds(ten.slice(0, BATCH / 2), 201)];
    rows.push(row('append.ids.10', '10 with message ids in one append', await send(tenWithIds)));
    rows.push(row('append.ids.10.repeat', 'the same append again', await send(tenWithIds)));
    rows.push(row('append.ids.overlap', '10, of which 5 are stored already', await send(overlapping)));

    const live = quick ? 100 : 1_000;
    const small = await costAt(1);
    const large = await costAt(live);
    async function costAt(records: number): Promise<Usage> {
      const one = benchSession(world, english, `live-${records}`);
      await one.call('createSession', { body: {} });
      await one.append(records, CHARACTERS);
      return one.append(1, CHARACTERS);
    }
    rows.push(row('append.at-large', `append behind ${live} live records, 0.4 KB`, large));

    const units = (usage: Usage) => totalsOf(usage).writeUnits + totalsOf(usage).readUnits;
    return {
      rows,
      figures: [
        {
          id: 'append.size-ratio',
          label: `an append behind ${live} live records, to one behind 1`,
          value: units(large) / units(small),
          unit: 'ratio',
        },
        {
          id: 'append.batch-ratio',
          label: 'W of 10 messages one by one, to W of the 10 in one append',
          value: totalsOf(addUsage(...apart)).writeUnits / totalsOf(together).writeUnits,
          unit: 'ratio',
        },
      ],
    };
  },
};
