import type { Message } from '../../session/index.ts';
import { speakerOf } from '../offline/text/speaker-of.ts';

/** A conversation as a model reads it: each message after a line that only its call can write. */
export function conversation(mark: string, messages: readonly Message[]): string {
  return messages.map((message) => `${headOf(mark, message)}\n${message.content}`).join('\n');
}

function headOf(mark: string, message: Message): string {
  const { id, role, at } = message;
  const speaker = speakerOf(message);
  return `[${mark} message ${id} | ${speaker === undefined ? role : `${role} ${speaker}`} | ${at}]`;
}
