import { readable, speakerOf } from '../model/index.ts';
import { background } from './background.ts';
import type { ContextWithMemories } from './context-with-memories.ts';

/**
 * A context as one text, for prompts that are texts: what is remembered and the summaries, then each message as its
 * speaker, a colon and what it says. Calls, results and files are as a model that summarises reads them: shortened, and as placeholders.
 */
export function contextAsText(
  context: Pick<ContextWithMemories, 'memories' | 'summaries' | 'messages'>,
): string {
  const said = context.messages.flatMap((message) =>
    readable([message]).map((piece) => `${speakerOf(piece) ?? piece.role}: ${piece.content}`),
  );
  const known = background(context);
  return [...(known === undefined ? [] : [known]), ...(said.length > 0 ? [said.join('\n')] : [])].join(
    '\n\n',
  );
}
