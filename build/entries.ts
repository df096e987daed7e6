/** The package's entries: name → what it is made from. */
export const entries = {
  client: 'lib/client/index.ts',
  messages: 'lib/messages/index.ts',
  'ai-sdk': 'lib/adapters/ai-sdk/index.ts',
  'openai-agents': 'lib/adapters/openai-agents/index.ts',
  langchain: 'lib/adapters/langchain/index.ts',
  langgraph: 'lib/adapters/langgraph/index.ts',
  enqueue: 'lib/enqueue/index.ts',
  cdk: 'cdk/index.ts',
  strands: 'lib/adapters/strands/index.ts',
};
