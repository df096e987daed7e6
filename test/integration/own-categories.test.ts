import path from 'node:path';
import { expect, it } from 'vitest';
import { CommitlaneApiError } from '../../lib/client/index.ts';
import { temporaryFolder } from '../local/temporary-folder.ts';
import { modelServer } from '../model/language/model-server.ts';
import { saying } from '../model/language/replies.ts';
import { localWorld } from '../support/local-world.ts';

/** What a shell, a template and a prompt could take for their own. */
const INSTRUCTIONS = 'Ask "who?": $HOME `id` \'\\n\' $(x) 漢.';

const own = {
  version: 'clinic',
  categories: { profile: true, medication: 'what the user takes, and how often' },
  instructions: INSTRUCTIONS,
  language: 'de',
};

it('categories of a deployment’s own are extracted on the embedded stack, stored and listed', async () => {
  await using folder = await temporaryFolder({ "it's own.json": JSON.stringify(own) });
  await using server = await modelServer((asked) => {
    if (!asked.response_format) return saying('Ann nimmt Ibuprofen.');
    const [, messageId] = /message (\S+) \|/.exec(asked.messages.at(-1)?.content ?? '') ?? [];
    const fact = { retracts: false, contradicts: false, confidence: 1, messageId };
    return saying({
      memories: [
        { ...fact, category: 'medication', key: 'Ibuprofen', text: 'Ann nimmt abends Ibuprofen.' },
        { ...fact, category: 'event', key: 'visit', text: 'Ann war beim Arzt.' },
      ],
    });
  });
  await using world = await localWorld({
    context: {
      'commitlane:model': 'openai-compatible:small',
      'commitlane:modelUrl': server.baseUrl,
      'commitlane:extraction': path.join(folder.path, "it's own.json"),
    },
  });
  const { client } = world;

  const refused = await client
    .createSession('tea', { memoryCategories: ['profile', 'event'] })
    .catch((e) => e);
  expect(refused).toBeInstanceOf(CommitlaneApiError);
  expect(refused).toMatchObject({
    status: 400,
    message: expect.stringContaining(
      "memoryCategories[1]: must be one of the deployment's categories: profile, medication",
    ),
  });
  expect(await client.createSession('tea')).toMatchObject({ memoryCategories: ['profile', 'medication'] });

  await world.say('tea', 'I take ibuprofen in the evening.');
  const { commitId } = await client.requestCommit('tea');
  expect(await world.ended('tea', commitId)).toMatchObject({ state: 'completed' });

  const { memories } = await client.listMemories('ann');
  expect(memories).toMatchObject([
    { category: 'medication', key: 'ibuprofen', text: 'Ann nimmt abends Ibuprofen.' },
  ]);
  const extraction = server.asked.find(({ response_format: form }) => form);
  const [system, user] = extraction?.messages ?? [];
  expect(system?.content).toContain(INSTRUCTIONS);
  expect(system?.content).toContain('in German (de)');
  expect(user?.content).toContain('\n- medication: what the user takes, and how often\n');
  expect(user?.content).not.toContain('- event:');
});
