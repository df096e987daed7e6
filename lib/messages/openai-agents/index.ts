export { fromOpenAiAgents } from './from-openai-agents.ts';
export { toOpenAiAgents } from './to-openai-agents.ts';
