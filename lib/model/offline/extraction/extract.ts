import { type ExtractedMemory, extractedMemorySchema, memoryKey } from '../../../memory/index.ts';
import type { ExtractionRequest, KnownMemory } from '../../model.ts';
import type { Readable, ReadableMessage } from '../../readable/index.ts';
import { saidOn } from '../calendar/said-on.ts';
import { inEnglish } from '../other-languages.ts';
import { pause } from '../text/pause.ts';
import { speakerOf } from '../text/speaker-of.ts';
import { clausesOf } from './clauses-of.ts';
import { type Draft, draftsOf } from './drafts-of.ts';
import { ownWords } from './own-words.ts';

/** So many sentences are looked at before everything else has its turn. */
const SENTENCES_PER_TURN = 20;

const FORGET_LAST =
  /^(?:(?:oh|no|sorry|wait|actually)[,.!]? )?(?:please )?(?:(?:forget|scratch|strike|ignore|disregard|delete) (?:that|this|what I (?:just )?(?:said|told you|wrote)|my last message)(?: again)?(?:,? please)?|(?:I am |I was )?(?:just |only )?(?:kidding|joking)|that was a (?:joke|lie))[.!]*$/i;
/** `Forget that I live in Oslo`: what follows has ended, as far as anybody is to know. */
const FORGET_THIS = /^(?:please )?(?:forget|delete|do not remember) (?:that )?(?=(?:I|we|my|our)\b)/i;
const forgotten = { isEnd: true, isCorrection: true, told: 'asked to forget this' } as const;

/**
 * What people say about themselves, by rules for English; one memory for each category and key, as the last that was
 * said of it has it. Nothing where most of what is said is in another language.
 */
export async function extract(request: Readable<ExtractionRequest>): Promise<ExtractedMemory[]> {
  const { messages, categories, known, signal } = request;
  signal.throwIfAborted();
  const found = new Map<string, { readonly memory: ExtractedMemory; readonly draft: Draft }>();
  const knownAs = (id: string) => known.find((memory) => idOf(memory) === id);

  const add = (draft: Draft, message: ReadableMessage) => {
    const memory = toMemory(draft, message, known);
    if (!memory || !categories.includes(memory.category)) return;
    const id = idOf(memory);
    const before = found.get(id)?.memory;
    const current = before ?? knownAs(id);
    // Firms move to Scrum as people move to Oslo; but people had a home before.
    if (draft.isChange && !current) return;
    // Who no longer lives in Oslo may well live in Bergen.
    if (draft.isEnd && current && !current.text.includes(draft.value)) return;
    found.delete(id);
    found.set(id, { draft, memory: { ...memory, ...(before?.contradicts && { contradicts: true }) } });
  };
  /** Of what the speaker has said last, in this message or in one before it, only what was known before is told of. */
  const forgetLast = (message: ReadableMessage) => {
    const own = [...found].filter(([, { memory }]) => speakers.get(memory.messageId) === speakerOf(message));
    const last = own.at(-1)?.[1].memory.messageId;
    for (const [id, { draft, memory }] of own) {
      if (memory.messageId !== last) continue;
      found.delete(id);
      if (knownAs(id)) add({ ...draft, ...forgotten, isChange: false, value: '' }, message);
    }
  };

  const speakers = new Map(messages.map((message) => [message.id, speakerOf(message)]));
  for (const message of inEnglish(messages)) {
    await pause(signal);
    const day = saidOn(message);
    for (const [index, sentence] of ownWords(message).entries()) {
      if (index % SENTENCES_PER_TURN === SENTENCES_PER_TURN - 1) await pause(signal);
      if (FORGET_LAST.test(sentence)) forgetLast(message);
      const isToForget = FORGET_THIS.test(sentence);
      for (const clause of clausesOf(sentence.replace(FORGET_THIS, ''), day)) {
        for (const draft of draftsOf(clause, day))
          add(isToForget ? { ...draft, ...forgotten } : draft, message);
      }
    }
  }
  return Array.from(found.values(), ({ memory }) => memory);
}

function idOf({ category, key }: Pick<KnownMemory, 'category' | 'key'>): string {
  return `${category}#${key}`;
}

/** A key starts with the speaker's name where the frontend gives one, as several people may share the memories. */
function toMemory(
  draft: Draft,
  message: ReadableMessage,
  known: readonly KnownMemory[],
): ExtractedMemory | undefined {
  const { category, told, subject, isEnd, isCorrection } = draft;
  const name = speakerOf(message);
  return extractedMemorySchema.safeParse({
    category,
    key: knownKey(draft, name, known) ?? memoryKey(`${name ?? ''} ${subject}`),
    text: `${name ?? 'The user'}${told.startsWith("'") ? '' : ' '}${told}.`,
    confidence: category === 'event' || category === 'pattern' ? 0.85 : 0.95,
    messageId: message.id,
    ...(isEnd && { retracts: true }),
    ...(isCorrection && { contradicts: true }),
  }).data;
}

const OWNER = /^(?:The user|\p{Lu}[\p{L}\p{M}-]*)(?: |(?='s ))/u;

/** The key of the one known memory that is evidently of the same subject, whoever gave it that key. */
function knownKey(
  { category, told, opening }: Draft,
  name: string | undefined,
  known: readonly KnownMemory[],
): string | undefined {
  const same = known.filter((memory) => {
    const [owner] = OWNER.exec(memory.text) ?? [];
    if (memory.category !== category || owner === undefined || !owner.startsWith(name ?? '')) return false;
    const text = memory.text.slice(owner.length);
    return text === `${told}.` || (opening !== '' && text.startsWith(opening));
  });
  return same.length === 1 ? same[0]?.key : undefined;
}
