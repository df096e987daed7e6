import {
  type CanonicalMessage,
  type ContentPart,
  describePart,
  isFilePart,
  isTextPart,
  isToolCallPart,
  isToolResultPart,
  partsOf,
  toAiSdk,
} from '../../messages/index.ts';
import type { ModelPrompt } from './middleware-options.ts';

export interface EarlierOptions {
  /** False: calls and results are texts. Some providers refuse calls where no tools are given. */
  readonly hasTools: boolean;
  /** Who speaks next. Calls at the end are open only if a tool does: else they become texts, as nothing answers them. */
  readonly next: string | undefined;
}

/** Some models demand that the user begins. */
const BEGINNING: ModelPrompt[number] = {
  role: 'user',
  content: [{ type: 'text', text: '[what was said before is not shown]' }],
};
const FOLLOWING = { role: 'user', content: 'goes on' } as const;

/**
 * Messages of a session as a prompt has them, whatever model said them: what providers keep for themselves (signatures,
 * ids, what a model thought) is left out, and files at an address, which the SDK has no occasion to load any more, are
 * named. The user begins; where the session's messages do not, a text says that it has begun before. System messages come first.
 */
export function earlierMessages(
  messages: readonly CanonicalMessage[],
  { hasTools, next }: EarlierOptions,
): ModelPrompt {
  const plain = messages.flatMap(({ role, content }) => {
    const parts = partsOf(content).flatMap((part) => plainPart(part, hasTools) ?? []);
    if (parts.length === 0) return [];
    return [{ role: role === 'tool' && !hasTools ? ('user' as const) : role, content: parts }];
  });
  const arranged = next === 'tool' ? toAiSdk(plain) : toAiSdk([...plain, FOLLOWING]).slice(0, -1);
  const prompt = arranged.flatMap(toPrompt);
  const system = prompt.filter(({ role }) => role === 'system');
  const said = prompt.filter(({ role }) => role !== 'system');
  const isBegun = said[0] !== undefined && said[0].role !== 'user';
  return [...system, ...(isBegun ? [BEGINNING] : []), ...said];
}

function plainPart(part: ContentPart, hasTools: boolean): ContentPart | undefined {
  if (isTextPart(part)) return part.text === '' ? undefined : { type: 'text', text: part.text };
  if (isToolCallPart(part) || isToolResultPart(part)) {
    return hasTools ? withoutOptions(part) : { type: 'text', text: describePart(part) };
  }
  if (!isFilePart(part)) return undefined;
  return part.data === undefined ? { type: 'text', text: describePart(part) } : withoutOptions(part);
}

function withoutOptions({ providerOptions: _, ...part }: ContentPart): ContentPart {
  return { ...part, type: part.type };
}

/** The SDK's messages in the form that it gives to models. */
function toPrompt(message: ReturnType<typeof toAiSdk>[number]): ModelPrompt {
  const { role, content } = message;
  if (role === 'system') return [{ role, content }];
  if (role === 'tool') return content.length > 0 ? [{ role, content } as ModelPrompt[number]] : [];
  const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content;
  return [{ role, content: parts.map(toTagged) } as ModelPrompt[number]];
}

/** A file's data may come bare. */
function toTagged(part: object): object {
  if (!('type' in part) || (part.type !== 'file' && part.type !== 'image')) return part;
  const { data, image, mediaType, filename } = part as Record<string, unknown>;
  const bare = data ?? image;
  const isTagged = typeof bare === 'object' && bare !== null && 'type' in bare;
  return {
    type: 'file',
    mediaType: mediaType ?? 'image/*',
    data: isTagged ? bare : { type: 'data', data: bare },
    ...(filename !== undefined && { filename }),
  };
}
