export { type ConversationContext, conversationContext, type Dropped } from './conversation-context.ts';
