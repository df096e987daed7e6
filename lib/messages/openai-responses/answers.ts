import type { ContentPart, JsonObject, ReasoningPart } from '../content.ts';
import { ownOf, withOwn } from '../own.ts';
import { isReasoningPart, isTextPart } from '../parts.ts';
import type { Guarded } from '../shape.ts';
import { type Answer, isAnswer, isEasyAnswer, isReasoning, type OpenAiResponsesItem } from './item.ts';

const PEER = 'openaiResponses';

/** Marks the parts of an answer after its first. */
const SAME = 'same';

/** An answer as parts: the first keeps what the answer is beside its blocks. */
export function readAnswer({ role: _, content, ...item }: Answer): ContentPart[] {
  return content.map((block, index) => {
    const kept = { item: index === 0 ? item : SAME };
    if (block.type === 'refusal') return { ...block, ...withOwn(PEER, kept) };
    const { type: _, text, ...own } = block;
    return { type: 'text', text, ...withOwn(PEER, { ...own, ...kept }) };
  });
}

export function readEasyAnswer({ role: _, content, ...item }: Guarded<typeof isEasyAnswer>): ContentPart[] {
  const own = Object.keys(item).length > 0 ? { item } : {};
  return [{ type: 'text', text: content, ...withOwn(PEER, own) }];
}

/** A text or refusal as an answer of its own, or as a block of the answer before it, which is then that with it. */
export function writeAnswer(
  part: ContentPart,
  before: OpenAiResponsesItem | undefined,
): OpenAiResponsesItem | undefined {
  const { item, ...own } = ownOf(PEER, part);
  const block = isTextPart(part)
    ? { ...own, type: 'output_text', text: part.text }
    : part.type === 'refusal' && { type: part.type, refusal: part['refusal'] };
  if (!block) return undefined;
  const isMore = item === SAME && isAnswer(before);
  const candidates = [
    isMore
      ? { ...before, content: [...before.content, block] }
      : { ...(item as JsonObject | undefined), role: 'assistant', content: [block] },
    isTextPart(part) && { ...(item as JsonObject | undefined), role: 'assistant', content: part.text },
  ];
  return candidates.find((one) => isAnswer(one) || isEasyAnswer(one)) as OpenAiResponsesItem | undefined;
}

/** Whether the item replaces the one before it: it is the same answer, with a block more. */
export function isLonger(item: OpenAiResponsesItem, before: OpenAiResponsesItem | undefined): boolean {
  return isAnswer(item) && isAnswer(before) && item.content.length === before.content.length + 1;
}

const BETWEEN = '\n\n';

/** Reasoning as one part, whose text is its summaries and texts, a blank line between them. */
export function readReasoning({ type, summary, content, ...own }: Guarded<typeof isReasoning>): ContentPart {
  const lengths = (pieces: readonly { text: string }[]) => pieces.map(({ text }) => text.length);
  return {
    type,
    text: [...summary, ...(content ?? [])].map(({ text }) => text).join(BETWEEN),
    ...withOwn(PEER, {
      ...own,
      summary: lengths(summary),
      ...(content !== undefined && { content: lengths(content) }),
    }),
  };
}

/** `undefined` for reasoning that did not come from the API, which takes no other. */
export function writeReasoning(part: ContentPart): OpenAiResponsesItem | undefined {
  if (!isReasoningPart(part)) return undefined;
  const { summary, content, ...own } = ownOf(PEER, part);
  const pieces = cut(part, [...lengthsIn(summary), ...lengthsIn(content)]) ?? (part.text ? [part.text] : []);
  const summaries = Array.isArray(content) ? pieces.slice(0, lengthsIn(summary).length) : pieces;
  const texts = pieces.slice(summaries.length);
  const item = {
    ...own,
    type: 'reasoning',
    summary: summaries.map((text) => ({ type: 'summary_text', text })),
    ...(Array.isArray(content) && { content: texts.map((text) => ({ type: 'reasoning_text', text })) }),
  };
  return isReasoning(item) ? item : undefined;
}

function lengthsIn(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((one) => Number.isSafeInteger(one) && one >= 0) : [];
}

/** The text in pieces of these lengths; `undefined` if it has been changed since. */
function cut({ text }: ReasoningPart, lengths: readonly number[]): string[] | undefined {
  let at = 0;
  const pieces = lengths.map((length) => {
    const piece = text.slice(at, at + length);
    at += length + BETWEEN.length;
    return piece;
  });
  return pieces.join(BETWEEN) === text ? pieces : undefined;
}
