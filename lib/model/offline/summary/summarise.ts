import { abridged, shortened, trimmedEnd } from '../../../text/index.ts';
import type { SummaryRequest } from '../../model.ts';
import type { Readable, ReadableMessage } from '../../readable/index.ts';
import { saidOn, withDates } from '../calendar/when.ts';
import { pick, type Room } from './pick.ts';
import { readCandidates } from './read-candidates.ts';

/** In UTF-16 units: what a person reads in half a minute, and what a model can be given in every turn. */
const MAX_LENGTH = 1_500;
const MIN_SENTENCES = 5;
const MAX_SENTENCES = 12;
/** One more sentence for so many messages. */
const MESSAGES_PER_SENTENCE = 4;

const EARLIER = 'Earlier: ';
/** What is kept of everything before these messages stays this small, however many summaries there were. */
const ROOM_FOR_EARLIER = { sentences: 5, characters: 450 } as const;
const SPOKEN = /^(?<name>[\p{Lu}\p{Lo}][\p{L}\p{M}.' -]{0,59}): (?<words>.+)$/u;

const MAX_EXCERPTS = 3;
/** In UTF-16 units. */
const MAX_EXCERPT_LENGTH = 60;

/** The most telling sentences of the messages in their order, each with its speaker, after what was before. */
export async function summarise(request: Readable<SummaryRequest>): Promise<string> {
  const { messages, previousSummary = '', signal } = request;
  const earlier = await earlierIn(previousSummary, signal);
  const room = {
    sentences: Math.min(MAX_SENTENCES, MIN_SENTENCES + Math.floor(messages.length / MESSAGES_PER_SENTENCE)),
    characters: MAX_LENGTH - earlier.join('\n').length - 1,
  };
  const dated = messages.map((one) => ({ ...one, content: withDates(one.content, saidOn(one)) }));
  const turns = await turnsOf(dated, room, signal);
  return [...earlier, ...(turns.length > 0 ? turns : [beginningsOf(messages)])].join('\n');
}

/** The best sentences of an earlier summary, and of what that had kept of the ones before it. */
async function earlierIn(summary: string, signal: AbortSignal): Promise<string[]> {
  const lines = summary
    .split('\n')
    .map((line) => line.replace(EARLIER, '').trim())
    .filter((line) => line !== '');
  const turns = await turnsOf(lines.map(toMessage), ROOM_FOR_EARLIER, signal);
  const kept = turns.length > 0 ? turns : lines.slice(0, 1);
  return kept.map((line) => `${EARLIER}${shortened(line, ROOM_FOR_EARLIER.characters)}`);
}

/** The most telling sentences of the messages with their speakers; those of one that follow one another share it. */
async function turnsOf(messages: readonly ReadableMessage[], room: Room, signal: AbortSignal) {
  const turns: { speaker: string; text: string }[] = [];
  for (const { speaker, text } of pick(await readCandidates(messages, signal), room)) {
    const current = turns.at(-1);
    if (current?.speaker === speaker) current.text += ` ${closed(text)}`;
    else turns.push({ speaker, text: closed(text) });
  }
  return turns.map(({ speaker, text }) => `${speaker}: ${text}`);
}

/** With a full stop, unless it has an end; scripts without capitals have other marks, or none. */
function closed(text: string): string {
  if (/(?:[.!?…。！？؟।]["')\]」]?|\p{Lo}\p{M}*)$/u.test(text)) return text;
  return `${trimmedEnd(text, /[,;:\s]/)}.`;
}

/** A line as the message it came from; words without a speaker are a summary's own. */
function toMessage(line: string, index: number): ReadableMessage {
  const { name = 'Summary', words = line } = SPOKEN.exec(line)?.groups ?? {};
  return { id: `line-${index}`, at: '', role: 'user', kind: 'text', content: words, metadata: { name } };
}

/** One line about messages that hold no sentence worth choosing: how many, and how the first of them begin. */
function beginningsOf(messages: readonly ReadableMessage[]): string {
  const count = new Set(messages.map(({ id }) => id)).size;
  if (count === 0) return 'No messages.';
  const excerpts = messages
    .slice(0, MAX_EXCERPTS)
    .map(({ content }) => `"${abridged(content.trim(), MAX_EXCERPT_LENGTH).replace(/\s+/g, ' ')}"`);
  if (messages.length > MAX_EXCERPTS) excerpts.push('…');
  return `${count === 1 ? '1 message' : `${count} messages`}: ${excerpts.join(', ')}`;
}
