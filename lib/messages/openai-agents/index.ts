export { fromOpenAiAgents } from './from-openai-agents.ts';
export type { AgentsItem } from './item.ts';
export { toOpenAiAgents } from './to-openai-agents.ts';
