import {
  type ContentPart,
  isReasoningPart,
  isTextPart,
  isToolCallPart,
  isToolResultPart,
} from '../messages/index.ts';
import type { PositionedMessage } from '../session-log/index.ts';
import { abridged, shortenedMiddle } from '../text/index.ts';
import { estimateMessageTokens, estimateTokens } from '../tokens/index.ts';

const MAX_NAME_LENGTH = 100;

/** A message of which something was left out, because it did not fit. */
export type ShortenedMessage = PositionedMessage & { readonly shortened: true };

/**
 * A message in at most `maxTokens` tokens (estimated): first without its metadata, then with its longest parts
 * shortened in their middle, files as placeholders, thoughts left out. Calls and results keep their ids.
 *
 * @returns undefined when even that does not fit.
 */
export function shortenedMessage(
  { metadata: _, ...message }: PositionedMessage,
  maxTokens: number,
): ShortenedMessage | undefined {
  if (estimateMessageTokens(message) <= maxTokens) return { ...message, shortened: true };
  const content =
    typeof message.content === 'string'
      ? shortenedText(message.content, maxTokens)
      : shortenedParts(message.content, maxTokens);
  const result = { ...message, content, shortened: true } as const;
  return content.length > 0 && estimateMessageTokens(result) <= maxTokens ? result : undefined;
}

/** Every part in at most as many tokens, as many as leave room for all. */
function shortenedParts(parts: readonly ContentPart[], maxTokens: number): ContentPart[] {
  const kept = parts.filter((part) => !isReasoningPart(part));
  const sizes = kept.map((part) => estimateMessageTokens({ content: [part] }));
  let room = maxTokens;
  let share = 0;
  for (const [index, size] of [...sizes].sort((a, b) => a - b).entries()) {
    share = Math.floor(room / (sizes.length - index));
    if (size > share) break;
    room -= size;
  }
  return kept.flatMap((part, index) => ((sizes[index] ?? 0) <= share ? [part] : shortenedPart(part, share)));
}

function shortenedPart(part: ContentPart, maxTokens: number): ContentPart[] {
  if (isTextPart(part)) return [{ type: 'text', text: shortenedText(part.text, maxTokens) }];
  if (isToolCallPart(part)) {
    const { type, toolCallId, toolName } = part;
    const shell = { type, toolCallId, toolName } as const;
    return [
      {
        ...shell,
        input: { shortened: withRoom(part.input, { ...shell, input: { shortened: '' } }, maxTokens) },
      },
    ];
  }
  if (isToolResultPart(part)) {
    const { type, toolCallId, toolName, isError } = part;
    const shell = { type, toolCallId, toolName, ...(isError !== undefined && { isError }) } as const;
    return [{ ...shell, output: withRoom(part.output, { ...shell, output: '' }, maxTokens) }];
  }
  const name = typeof part['mediaType'] === 'string' ? part['mediaType'] : part.type;
  return [{ type: 'text', text: `[${abridged(name, MAX_NAME_LENGTH)}, left out]` }];
}

/** A value as text, shortened to what the part around it leaves. */
function withRoom(value: unknown, shell: ContentPart, maxTokens: number): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return shortenedText(text, maxTokens - estimateMessageTokens({ content: [shell] }), (candidate) =>
    JSON.stringify(candidate),
  );
}

/** The most of a text, its middle left out, that fits; halving finds it, and whatever is returned was measured. */
function shortenedText(text: string, maxTokens: number, stored = (candidate: string) => candidate): string {
  let best = '';
  for (let low = 0, high = text.length; low <= high; ) {
    const middle = Math.floor((low + high) / 2);
    const candidate = shortenedMiddle(text, middle);
    if (estimateTokens(stored(candidate)) <= maxTokens) {
      best = candidate;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}
