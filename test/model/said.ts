import { builtInCategories } from '../../lib/memory/index.ts';
import { type KnownMemory, offlineModel } from '../../lib/model/index.ts';
import type { Message } from '../../lib/session/index.ts';

const model = offlineModel();
const forever = new AbortController().signal;

/** Wednesday. */
export const SAID_AT = '2025-11-12T10:00:00Z';

export function said(
  content: string,
  { role = 'user', at = SAID_AT, name, id = 'm-1' }: Partial<Message> & { readonly name?: string } = {},
): Message {
  return { id, role, content, at, ...(name !== undefined && { metadata: { name } }) };
}

/** What a user says, each in a message of its own. */
export function userSays(...contents: string[]): Message[] {
  return contents.map((content, index) => said(content, { id: `m-${index + 1}` }));
}

export async function extractFrom(
  messages: readonly Message[],
  categories = builtInCategories.slice(),
  known: readonly KnownMemory[] = [],
) {
  const { value } = await model.extract({ messages, categories, known, signal: forever });
  return value.memories;
}

/** The memories' texts alone. */
export async function textsFrom(...messages: (Message | string)[]): Promise<string[]> {
  const memories = await extractFrom(
    messages.map((message) => (typeof message === 'string' ? said(message) : message)),
  );
  return memories.map(({ text }) => text);
}

export async function summaryOf(messages: readonly Message[], previousSummary?: string) {
  const { value } = await model.summarise({
    messages,
    ...(previousSummary !== undefined && { previousSummary }),
    signal: forever,
  });
  return value;
}
