export { appendBounds, type Message, type NewMessage, nameSchema, newMessageSchema } from './message.ts';
