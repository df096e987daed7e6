export { conversationContext } from './conversation-context.ts';
