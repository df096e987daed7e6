import type { Model } from '../../lib/model/index.ts';
import type { Usage } from '../counting/usage.ts';
import { row } from '../row.ts';
import type { Row, Section, SectionContext } from '../section.ts';
import { benchSession } from '../world/bench-session.ts';
import { type BenchWorld, benchWorld } from '../world/bench-world.ts';
import { modelWithMemories } from '../world/model-with-memories.ts';
import { sampleConversation } from '../world/sample-conversation.ts';

const RECORDS = 100;
const BYTES = 400;
const MEMORIES = [0, 3, 30];

export const followUp: Section = {
  name: 'follow-up',
  title: 'Following up',
  meaning:
    'what the follow-up function does with one message of its queue, apart from the model; the offline model writes the summary, and so many memories of 80 characters are given; the event source receives and deletes: 2 SQS requests more',

  async run(context) {
    await using world = await benchWorld(context.signal);
    const rows: Row[] = [];
    for (const count of MEMORIES) {
      const model = modelWithMemories(world.followUp.model, context.english, count);
      const [first, second] = await twoArchives(world, context, `memories-${count}`, model);
      rows.push(row(`follow-up.${count}`, `${count} new memories`, first));
      rows.push(row(`follow-up.${count}.known`, `${count} known ones, second archive`, second));
    }
    rows.push(row('follow-up.sample', 'a sample conversation, offline model', await sample(world, context)));
    const requests = (id: string) => rows.find((one) => one.id === id)?.totals.dynamodbRequests ?? Number.NaN;
    return {
      rows,
      figures: [
        {
          id: 'follow-up.each-memory',
          label: 'requests to the table for each memory',
          value: (requests('follow-up.30') - requests('follow-up.3')) / 27,
          unit: 'requests',
        },
      ],
    };
  },
};

async function twoArchives(
  world: BenchWorld,
  { english }: SectionContext,
  name: string,
  model: Model,
): Promise<[Usage, Usage]> {
  const session = benchSession(world, english, name);
  await session.call('createSession', { body: {} });
  const next = async () => {
    await session.append(RECORDS, BYTES);
    await session.commit();
    return world.runFollowUp(model);
  };
  return [await next(), await next()];
}

async function sample(world: BenchWorld, { english }: SectionContext): Promise<Usage> {
  const session = benchSession(world, english, 'sample');
  await session.call('createSession', { body: {} });
  for (const message of await sampleConversation()) {
    await session.call('appendMessages', { body: { messages: [message] } });
  }
  await session.commit();
  return world.runFollowUp();
}
