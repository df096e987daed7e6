export { contextAsMessages } from './context-as-messages.ts';
export { contextAsText } from './context-as-text.ts';
export type { ContextEvent } from './context-event.ts';
export {
  type ContextWithMemories,
  contextWithMemories,
  DEFAULT_MEMORY_SHARE,
} from './context-with-memories.ts';
export { conversationContext } from './conversation-context.ts';
export type { RememberedMemory } from './remembered-memory.ts';
