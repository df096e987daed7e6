import { type ExtractedMemory, extractedMemorySchema } from '../../../memory/index.ts';
import type { ExtractionRequest } from '../../model.ts';
import type { Readable } from '../../readable/index.ts';
import type { Language } from '../text/language.ts';
import { pause } from '../text/pause.ts';
import { addDays } from './calendar/calendar-date.ts';
import { findWhen } from './calendar/find-when.ts';
import { findCases } from './find-cases.ts';
import { learnNames } from './learn-names.ts';
import { learnUserName } from './learn-user-name.ts';
import { readUtterances } from './read-utterances.ts';
import type { MemoryDraft } from './rule.ts';
import { allRules } from './rules/all-rules.ts';
import { slugOf } from './slug-of.ts';
import { statementsOf } from './statements-of.ts';
import type { Utterance } from './utterance.ts';

const MAX_KEY_LENGTH = 100;

/** So many utterances are looked at before everything else has its turn. */
const UTTERANCES_PER_TURN = 20;

/** How far back a day that was spoken of may be what a coming weekday is counted from. */
const UTTERANCES_BACK = 6;
const DAYS_AHEAD = 6;

/** What people say about themselves and those close to them, by rules; at most one memory per category and key. */
export async function extract(
  language: Language,
  { messages, categories, signal }: Readable<ExtractionRequest>,
): Promise<ExtractedMemory[]> {
  const utterances = await readUtterances(language, messages, signal);
  const known = learnNames(utterances);
  const user = learnUserName(utterances);
  const userName = user?.name ?? 'The user';
  const found = new Map<string, ExtractedMemory>();
  const add = (draft: MemoryDraft, { message, name }: Utterance) => {
    const memory = toMemory(draft, name, message.id);
    if (!memory || !categories.includes(memory.category)) return;
    const before = found.get(`${memory.category}#${memory.key}`);
    if (before && before.confidence > memory.confidence) return;
    found.set(`${memory.category}#${memory.key}`, memory);
  };

  if (user?.saidIn) add(nameDraft(user.name), user.saidIn);
  let lastDayAhead: number | undefined;
  for (const [index, utterance] of utterances.entries()) {
    if (index % UTTERANCES_PER_TURN === 0) await pause(signal);
    if (namesDayAhead(utterance)) lastDayAhead = index;
    if (!isMined(utterance)) continue;
    const isOpen = index - (lastDayAhead ?? -Infinity) <= UTTERANCES_BACK;
    const context = { speaker: utterance.name ?? userName, language, known, isOpen };
    for (const statement of statementsOf(utterance, context)) {
      for (const rule of allRules) {
        const draft = rule(statement);
        if (draft) add(draft, utterance);
      }
    }
  }
  await pause(signal);
  for (const { draft, utterance } of findCases(utterances, language, userName)) add(draft, utterance);
  return [...found.values()];
}

function nameDraft(name: string): MemoryDraft {
  return { category: 'profile', subject: 'name', text: `The user's name is ${name}.`, confidence: 0.98 };
}

/** A day further ahead than the coming week, in so many words. */
function namesDayAhead({ text, saidOn }: Utterance): boolean {
  const found = findWhen(text, { saidOn, isPast: false, isOpen: false });
  return (
    found !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(found.slug) && found.slug > addDays(saidOn, DAYS_AHEAD)
  );
}

/** A person speaks, and of themself: an assistant without a name is none, and a task's material is nobody's life. */
function isMined({ message, name, isTask }: Utterance): boolean {
  return (message.role === 'user' || name !== undefined) && !isTask;
}

/** A key starts with the speaker's name where the frontend gives one, as several people may share the memories. */
function toMemory(
  { subject, ...draft }: MemoryDraft,
  name: string | undefined,
  messageId: string,
): ExtractedMemory | undefined {
  const owner = name === undefined ? '' : `${slugOf(name)}-`;
  const key = `${owner}${slugOf(subject)}`.slice(0, MAX_KEY_LENGTH).replace(/^-|-$/g, '');
  const text = draft.text.replace(/(?<=\S )The user\b/g, 'the user');
  return extractedMemorySchema.safeParse({ ...draft, key, text, messageId }).data;
}
