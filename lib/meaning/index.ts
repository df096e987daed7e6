export { embedMemories, type MemoryToEmbed } from './embed-memories.ts';
export { embedMessages } from './embed-messages.ts';
export { textToEmbed } from './text-to-embed.ts';
