import { totalsOf } from '../counting/totals.ts';
import { addUsage, type Usage } from '../counting/usage.ts';
import { row } from '../row.ts';
import type { Section, SectionContext } from '../section.ts';
import { benchSession } from '../world/bench-session.ts';
import { type BenchWorld, benchWorld } from '../world/bench-world.ts';
import { modelWithMemories } from '../world/model-with-memories.ts';

const APPENDS = 100;
const BYTES = 400;
const MEMORIES = 3;

export const rhythm: Section = {
  name: 'rhythm',
  title: 'How often to commit',
  meaning: `${APPENDS} appends of 0.4 KB with their commits and follow-ups (${MEMORIES} memories each): all that DynamoDB bills, from the first append to the last memory`,

  async run(context) {
    await using world = await benchWorld(context.signal);
    const seldom = await committedEvery(world, context, APPENDS);
    const often = await committedEvery(world, context, APPENDS / 10);
    const writes = (usage: Usage) => totalsOf(usage).writeUnits;
    return {
      rows: [
        row('rhythm.100', 'one commit for 100 appends', seldom),
        row('rhythm.10', 'one commit for 10 appends', often),
      ],
      figures: [
        {
          id: 'rhythm.per-message.100',
          label: 'one commit for 100 appends: W of a message, all in all',
          value: writes(seldom) / APPENDS,
          unit: 'W per message',
        },
        {
          id: 'rhythm.per-message.10',
          label: 'one commit for 10 appends: W of a message, all in all',
          value: writes(often) / APPENDS,
          unit: 'W per message',
        },
        {
          id: 'rhythm.ratio',
          label: 'W with a commit for 10 appends, to W with one for 100',
          value: writes(often) / writes(seldom),
          unit: 'ratio',
        },
      ],
    };
  },
};

async function committedEvery(
  world: BenchWorld,
  { makeEnglish }: SectionContext,
  appends: number,
): Promise<Usage> {
  const english = makeEnglish();
  const session = benchSession(world, english, `every-${appends}`);
  const model = modelWithMemories(world.followUp.model, english, MEMORIES);
  const usages = [await session.call('createSession', { body: {} })];
  for (let appended = 1; appended <= APPENDS; appended += 1) {
    usages.push(await session.append(1, BYTES));
    if (appended % appends > 0) continue;
    usages.push(await session.call('requestCommit', { body: {} }));
    usages.push(await world.runCommit(), await world.runFollowUp(model));
  }
  return addUsage(...usages);
}
