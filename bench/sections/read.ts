import { row } from '../row.ts';
import type { Section } from '../section.ts';
import { benchSession, messagesOf } from '../world/bench-session.ts';
import { benchWorld } from '../world/bench-world.ts';

const BYTES = 400;

export const read: Section = {
  name: 'read',
  title: 'Reading live messages',
  meaning:
    'what one API request costs that reads a session, with a page of its live messages (100 at most), or a receipt',

  async run({ signal, english }) {
    await using world = await benchWorld(signal);
    const session = benchSession(world, english, 'read');
    await session.call('createSession', { body: {} });
    const get = () => session.call('getSession', { query: { limit: '100' } });
    const rows = [row('read.empty', 'read an empty session', await get())];
    await session.append(10, BYTES);
    rows.push(row('read.10', '10 live messages of 0.4 KB', await get()));
    await session.append(89, BYTES);
    const [message] = messagesOf(english, [BYTES]);
    await session.call('appendMessages', { body: { messages: [{ ...message, id: 'm-1' }] } });
    const find = () => session.call('getMessage', { path: { messageId: 'm-1' } });
    rows.push(row('read.message', 'where a live message with an id is', await find()));
    rows.push(row('read.100', '100 live messages of 0.4 KB', await get()));
    await session.call('requestCommit', { body: {} });
    rows.push(row('read.queued', 'the same, while a commit is queued', await get()));
    await world.runCommit();
    rows.push(row('read.committed', 'after it: an archive, nothing live', await get()));
    rows.push(row('read.message.archived', 'where that message is', await find()));
    return { rows, figures: [] };
  },
};
