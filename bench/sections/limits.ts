import { type Deployment, limitsSource, SHUTDOWN_MARGIN_MS } from '../../lib/limits/index.ts';
import { atBuild, countRequests } from '../counting/count-requests.ts';
import { row } from '../row.ts';
import type { Section } from '../section.ts';
import { benchWorld } from '../world/bench-world.ts';

const MINUTE = 60_000;
const deployment: Deployment = {
  commitFunctionTimeoutMs: 10 * MINUTE,
  followUpFunctionTimeoutMs: 15 * MINUTE,
  marginMs: SHUTDOWN_MARGIN_MS,
  maxReceiveCount: 5,
};

export const limits: Section = {
  name: 'limits',
  title: 'Reading the limits',
  meaning: 'what an execution environment does once a minute while it works, and nothing in between',

  async run({ signal }) {
    await using world = await benchWorld(signal);
    const ssm = world.services.makeSsm();
    ssm.middlewareStack.add(countRequests(world.meter, 'ssm'), atBuild);
    const problems: string[] = [];
    const read = limitsSource({
      ssm,
      path: world.limitsPath,
      deployment,
      set: { deployed: {}, variables: {} },
      clock: world.clock,
      random: () => 0,
      onEvent: (event) => {
        if (event.type !== 'limits.loaded') problems.push(event.type);
      },
    });
    const first = await world.meter.during(read);
    const again = await world.meter.during(read);
    world.clock.advance(MINUTE);
    const refresh = await world.meter.during(read);
    if (problems.length > 0) throw new Error(`The limits could not be read: ${problems.join(', ')}.`);
    return {
      rows: [
        row('limits.first', 'the first invocation', first),
        row('limits.kept', 'the next one, within the minute', again),
        row('limits.refresh', 'the next one, after it', refresh),
      ],
      figures: [],
    };
  },
};
