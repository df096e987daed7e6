import { readable, speakerOf } from '../model/index.ts';
import type { Message } from '../session/index.ts';

/**
 * What of a message is embedded: its words as a model reads them, behind the name of who said them, where it has one.
 *
 * @returns undefined when it says nothing in words, such as a picture alone.
 */
export function textToEmbed(message: Message): string | undefined {
  const pieces = readable([message]).filter(({ kind }) => kind !== 'attachment');
  if (pieces.length === 0) return undefined;
  const speaker = pieces.map((piece) => speakerOf(piece)).find((name) => name !== undefined);
  const text = pieces.map(({ content }) => content).join('\n');
  return speaker === undefined ? text : `${speaker}: ${text}`;
}
