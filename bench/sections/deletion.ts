import { row } from '../row.ts';
import type { Section, SectionContext } from '../section.ts';
import { type BenchSession, benchSession } from '../world/bench-session.ts';
import { type BenchWorld, benchWorld } from '../world/bench-world.ts';
import { modelWithMemories } from '../world/model-with-memories.ts';

const RECORDS = 100;
const BYTES = 400;
const MEMORIES = 3;

export const deletion: Section = {
  name: 'deletion',
  title: 'Deleting a session',
  meaning: `what one API request costs that deletes a session; messages have 0.4 KB, archives ${RECORDS} of them`,

  async run(sectionContext) {
    await using world = await benchWorld(sectionContext.signal);
    const make = (name: string, archives: number) => sessionOf(world, sectionContext, name, archives);
    const [empty, live, archived, taught] = [
      await make('empty', 0),
      await make('live', 0),
      await make('archived', 2),
      await make('taught', 2),
    ];
    await live.append(RECORDS, BYTES);
    return {
      rows: [
        row('delete.empty', 'an empty session', await empty.call('deleteSession')),
        row('delete.live', `${RECORDS} live messages`, await live.call('deleteSession')),
        row('delete.archived', '2 archives', await archived.call('deleteSession')),
        row(
          'delete.memories',
          `2 archives and the ${MEMORIES} memories from them`,
          await taught.call('deleteSession', { query: { memories: 'true' } }),
        ),
      ],
      figures: [],
    };
  },
};

async function sessionOf(
  world: BenchWorld,
  { english }: SectionContext,
  name: string,
  archives: number,
): Promise<BenchSession> {
  const session = benchSession(world, english, name);
  const model = modelWithMemories(world.followUp.model, english, MEMORIES);
  await session.call('createSession', { body: {} });
  for (let archive = 0; archive < archives; archive += 1) {
    await session.append(RECORDS, BYTES);
    await session.commit();
    await world.runFollowUp(model);
  }
  return session;
}
