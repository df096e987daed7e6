import { row } from '../row.ts';
import type { Section } from '../section.ts';
import { benchSession } from '../world/bench-session.ts';
import { benchWorld } from '../world/bench-world.ts';

const LIVE = 10;
const ARCHIVED = 100;
const BYTES = 400;
const ARCHIVES = 10;
/** More than there is. */
const TOKENS = '200000';

export const contextRead: Section = {
  name: 'context',
  title: 'Reading the context of a conversation',
  meaning: `what one API request costs that reads what to send to a model; archives hold ${ARCHIVED} messages of 0.4 KB; memories are asked for in the last row only`,

  async run({ signal, english }) {
    await using world = await benchWorld(signal);
    const session = benchSession(world, english, 'context');
    await session.call('createSession', { body: {} });
    const get = (memoryShare = '0') =>
      session.call('getContext', { query: { tokenBudget: TOKENS, memoryShare } });

    await session.append(ARCHIVED, BYTES);
    const rows = [row('context.live', `${ARCHIVED} live messages, no archive`, await get())];
    await session.commit();
    await session.append(LIVE, BYTES);
    rows.push(row('context.pending', `${LIVE} live, 1 archive without a summary`, await get()));
    await world.runFollowUp();
    rows.push(row('context.summary', `${LIVE} live, 1 archive with a summary`, await get()));
    for (let archive = 1; archive < ARCHIVES; archive += 1) {
      await session.append(LIVE, BYTES);
      await session.commit();
      await world.runFollowUp();
    }
    await session.append(LIVE, BYTES);
    rows.push(row('context.summaries', `${LIVE} live, ${ARCHIVES} archives with summaries`, await get()));
    rows.push(row('context.memories', `the same, with what is remembered`, await get('0.2')));
    return { rows, figures: [] };
  },
};
