import { type ExtractedMemory, extractedMemorySchema, memoryKey } from '../../../memory/index.ts';
import type { ExtractionRequest, KnownMemory } from '../../model.ts';
import { type Readable, speakerOf } from '../../readable/index.ts';
import { saidOn } from '../calendar/when.ts';
import { inEnglish } from '../in-english.ts';
import { inBatches } from '../text/in-batches.ts';
import { type Draft, draftsIn } from './drafts-in.ts';
import { ownWords } from './own-words.ts';

const FORGET_LAST =
  /^(?:(?:oh|no|sorry|wait|actually)[,.!]? )?(?:please )?(?:(?:forget|scratch|strike|ignore|disregard|delete) (?:that|this|what I (?:just )?(?:said|told you|wrote)|my last message)(?: again)?(?:,? please)?|(?:I am |I was )?(?:just |only )?(?:kidding|joking)|that was a (?:joke|lie))[.!]*$/i;
/** `Forget that I live in Oslo`: what follows has ended, as far as anybody is to know. */
const FORGET_THIS = /^(?:please )?(?:forget|delete|do not remember) (?:that )?(?=(?:I|my)\b)/i;

/**
 * What people say about themselves, by rules for English; one memory for each category and key, as the last that was
 * said of it has it. Nothing where most of what is said is in another language.
 */
export async function extract(request: Readable<ExtractionRequest>): Promise<ExtractedMemory[]> {
  const { messages, categories, known, signal } = request;
  signal.throwIfAborted();
  const found = new Map<string, ExtractedMemory>();
  /** Of each speaker, what the last message that said something says. */
  const latest = new Map<string | undefined, ExtractedMemory[]>();
  const knownAs = new Map(known.map((memory) => [idOf(memory), memory]));

  const add = (draft: Draft, memory: ExtractedMemory, name: string | undefined) => {
    const id = idOf(memory);
    const before = found.get(id);
    const current = before ?? knownAs.get(id);
    // Firms move to Scrum as people move to Oslo; but people had a home before.
    if (draft.isChange && !current) return;
    // Who no longer lives in Oslo may well live in Bergen.
    if (memory.retracts && current && !current.text.includes(draft.value)) return;
    found.delete(id);
    found.set(id, { ...memory, ...(before?.contradicts && { contradicts: true }) });
    const last = latest.get(name);
    if (last?.[0]?.messageId === memory.messageId) last.push(memory);
    else latest.set(name, [memory]);
  };

  for (const message of inEnglish(messages)) {
    const name = speakerOf(message);
    const day = saidOn(message);
    const hear = (sentence: string) => {
      const gone = FORGET_LAST.test(sentence) ? (latest.get(name)?.splice(0) ?? []) : [];
      for (const memory of gone) {
        const id = idOf(memory);
        found.delete(id);
        if (knownAs.has(id)) found.set(id, { ...forgotten(memory, name), messageId: message.id });
      }
      for (const draft of draftsIn(sentence.replace(FORGET_THIS, ''), day)) {
        const memory = toMemory(draft, message.id, name, known);
        if (memory) add(draft, FORGET_THIS.test(sentence) ? forgotten(memory, name) : memory, name);
      }
    };
    for await (const batch of inBatches(ownWords(message), signal)) batch.forEach(hear);
  }
  return [...found.values()].filter(({ category }) => categories.includes(category));
}

function forgotten(memory: ExtractedMemory, name = 'The user'): ExtractedMemory {
  return { ...memory, text: `${name} asked to forget this.`, retracts: true, contradicts: true };
}

function idOf({ category, key }: Pick<KnownMemory, 'category' | 'key'>): string {
  return `${category}#${key}`;
}

/** A key starts with the speaker's name where the frontend gives one, as several people may share the memories. */
function toMemory(draft: Draft, messageId: string, name: string | undefined, known: readonly KnownMemory[]) {
  const { category, told, subject, isEnd, isCorrection } = draft;
  return extractedMemorySchema.safeParse({
    category,
    key: knownKey(draft, name ?? '', known) ?? memoryKey(`${name ?? ''} ${subject}`),
    text: `${name ?? 'The user'}${told.startsWith("'") ? '' : ' '}${told}.`,
    confidence: category === 'event' || category === 'pattern' ? 0.85 : 0.95,
    messageId,
    ...(isEnd && { retracts: true }),
    ...(isCorrection && { contradicts: true }),
  }).data;
}

const OWNER = /^(?:The user|\p{Lu}[\p{L}\p{M}-]*)(?: |(?='s ))/u;

/** The key of the one known memory that is evidently of the same subject, whoever gave it that key. */
function knownKey({ category, told, opening }: Draft, name: string, known: readonly KnownMemory[]) {
  const same = known.filter((memory) => {
    const said = memory.text.replace(OWNER, '');
    const isOfSubject = said === `${told}.` || (opening !== '' && said.startsWith(opening));
    return isOfSubject && memory.category === category && memory.text.startsWith(name);
  });
  return same.length === 1 ? same[0]?.key : undefined;
}
