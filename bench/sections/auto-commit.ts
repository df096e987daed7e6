import { row } from '../row.ts';
import type { Section } from '../section.ts';
import { benchSession } from '../world/bench-session.ts';
import { benchWorld } from '../world/bench-world.ts';

const BYTES = 400;
const MESSAGES = 3;

export const autoCommit: Section = {
  name: 'auto-commit',
  title: 'Appending to a session with a commit policy',
  meaning: `what one API request costs that appends 0.4 KB, where ${MESSAGES} messages make a commit due; the index of scheduled checks comes besides: 1 W to enter or leave it, 2 W to move in it`,

  async run({ signal, english }) {
    await using world = await benchWorld(signal);
    const session = benchSession(world, english, 'auto-commit');
    await session.call('createSession', { body: { autoCommit: { messageCount: MESSAGES } } });
    const rows = [
      row('auto-commit.first', 'the first append', await session.append(1, BYTES)),
      row('auto-commit.next', 'the next one', await session.append(1, BYTES)),
      row('auto-commit.due', 'the one that makes a commit due', await session.append(1, BYTES)),
    ];
    return { rows, figures: [] };
  },
};
