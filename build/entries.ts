/** The package's entries: name → what it is made from. */
export const entries = {
  client: 'lib/client/index.ts',
  messages: 'lib/messages/index.ts',
  enqueue: 'lib/enqueue/index.ts',
  cdk: 'cdk/index.ts',
  'ai-sdk': 'lib/adapters/ai-sdk/index.ts',
  strands: 'lib/adapters/strands/index.ts',
};
