import { type ReadableMessage, speakerOf } from '../readable/index.ts';

/** A conversation as a model reads it: each message after a line that only its call can write. */
export function conversation(mark: string, messages: readonly ReadableMessage[]): string {
  return messages.map((message) => `${headOf(mark, message)}\n${message.content}`).join('\n');
}

function headOf(mark: string, message: ReadableMessage): string {
  const { id, role, at } = message;
  const speaker = speakerOf(message);
  return `[${mark} message ${id} | ${speaker === undefined ? role : `${role} ${speaker}`} | ${at}]`;
}
