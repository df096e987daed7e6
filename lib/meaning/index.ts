export { embedEntered } from './embed-entered.ts';
export { embedMemories } from './embed-memories.ts';
export { embedMessages } from './embed-messages.ts';
export { pausingEmbedder } from './pausing-embedder.ts';
export { textToEmbed } from './text-to-embed.ts';
