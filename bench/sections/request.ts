import { row } from '../row.ts';
import type { Section } from '../section.ts';
import { benchSession } from '../world/bench-session.ts';
import { benchWorld } from '../world/bench-world.ts';

const BYTES = 400;

export const request: Section = {
  name: 'request',
  title: 'Requesting a commit',
  meaning: 'what one API request costs that requests a commit, or requests it again',

  async run({ signal, english }) {
    await using world = await benchWorld(signal);
    const session = benchSession(world, english, 'request');
    await session.call('createSession', { body: {} });
    await session.append(10, BYTES);
    const ask = (idempotencyKey?: string) =>
      session.call('requestCommit', {
        body: {},
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      });
    return {
      rows: [
        row('request.first', 'request a commit', await ask()),
        row('request.second', 'again: answered with the first', await ask()),
        row('request.keyed', 'request with a key of its own', await ask('key-1')),
        row('request.repeat', 'the same request again', await ask('key-1')),
      ],
      figures: [],
    };
  },
};
