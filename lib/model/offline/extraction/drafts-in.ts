import type { MemoryCategory } from '../../../memory/index.ts';
import { type CalendarDate, findWhen, type When } from '../calendar/when.ts';
import { clausesIn } from './clauses-in.ts';
import { retell } from './retell.ts';
import { type Rule, rules } from './rules.ts';
import { vocabulary } from './vocabulary.ts';

/** What a clause says, before it is known whose memory it becomes. */
export interface Draft {
  readonly category: MemoryCategory;
  /** Words that name the subject. */
  readonly subject: string;
  /** Follows the name of the speaker, without a full stop. */
  readonly told: string;
  /** What is told of the subject: what else is told of it contradicts this. */
  readonly value: string;
  /** How texts about this subject begin behind the name; empty where somebody may have two such subjects. */
  readonly opening: string;
  /** Whether it only tells that the subject is otherwise than before: of a move, where somebody lives. */
  readonly isChange: boolean;
  readonly isEnd: boolean;
  readonly isCorrection: boolean;
}

type Groups = Readonly<Record<string, string>>;

/** What cannot be liked in general: a thing at hand, a moment, a hearer, what is only less bad than something else. */
const NOT_GENERAL =
  /^(?:the|how|what|when|where|why|who|to|hearing|seeing|being|having|knowing|getting|doing|making|waiting|working|talking|chatting|paying|all|every|each|an?|no|both|as|most|pretty|quite|\p{L}+days?)\b|\b(?:less|least|more|better|except|only|than|option|version|idea|answer|approach|suggestion|way|part|bit|too|enough|now|today|tonight|tomorrow|yesterday|last|next)\b|(?: .*){6}/iu;
const NO_EVENT =
  /\b(?:not|never|every|each|like|than|since|usually|always|dream|problem|issue|match|argument|joke|life|feeling|bait|Hell)\b/;
const PAST = new RegExp(`^I (?:have )?${vocabulary['PAST']}`, 'u');
const FILLER = /⏲|(?<!\p{L})(?:an?|the|their|of|in|on|at|to|for|with|and|or|from|by|is|are)(?!\p{L})/gu;
const TIME = '⏲';

const CORRECTION =
  /^(?:no|nope|actually|correction|wait|sorry)\b|\bactually\b|, not \p{L}|\bnot .{1,40} but\b/iu;
const ENDED = /^I (?<be>am )?no longer (?<rest>.*)|^I (?<notBe>am )?(?:do )?not (?<gone>.*?),? ?any ?more$/;

/** What the rules find in a sentence that was written out, and said on a day. */
export function draftsIn(sentence: string, saidOn: CalendarDate): Draft[] {
  const isCorrection = CORRECTION.test(sentence);
  return clausesIn(sentence, saidOn).flatMap((clause) => {
    const isEnd = ENDED.test(clause);
    const plain = { text: clause.replace(ENDED, 'I $<be>$<notBe>$<rest>$<gone>'), when: undefined };
    const event = withTime(plain.text, saidOn);
    return rules.flatMap((rule) => {
      const { text, when } = rule.category === 'event' ? event : plain;
      const match = rule.pattern.exec(text);
      const groups = match && retold(rule, match.groups ?? {});
      return groups ? [toDraft(rule, groups, { isEnd, isCorrection }, when)] : [];
    });
  });
}

/** A clause with a mark in place of its one time; without where something only goes on as they talk. */
function withTime(text: string, saidOn: CalendarDate) {
  const isPast = PAST.test(text);
  const when = NO_EVENT.test(text) ? undefined : findWhen(text, saidOn, isPast);
  if (!when || (!isPast && when.slug === saidOn)) return { text, when: undefined };
  const marked = `${when.before.replace(/,? $/, '')} ${TIME}${when.after}`;
  return findWhen(marked, saidOn, isPast) ? { text, when: undefined } : { text: marked, when };
}

function retold({ category }: Rule, { what, verb, ...others }: Groups): Groups | undefined {
  if (what === undefined) return others;
  if (category === 'preference' && NOT_GENERAL.test(what)) return undefined;
  const told = retell(what);
  if (told === undefined || (category === 'event' && !told.includes(TIME))) return undefined;
  return { ...others, what: told, ...(verb !== undefined && { verb: verb.replace(/^\p{L}+/u, conjugated) }) };
}

function toDraft(
  rule: Rule,
  groups: Groups,
  said: Pick<Draft, 'isEnd' | 'isCorrection'>,
  when?: When,
): Draft {
  const { category, key, text, change } = rule;
  const told = filled(text, groups)
    .replace(TIME, when?.words ?? '')
    .replace(/\b(for|since|by|until|from|before|after|to) on (?=\d)/, '$1 ')
    .replace(/\b(?:on|in) (?=(?:on|in) )/, '');
  return {
    category,
    subject: `${filled(key, groups).replace(FILLER, ' ')} ${when?.slug ?? ''}`,
    told: said.isEnd ? told.replace(/^(is )?/, '$1no longer ') : told,
    value: groups['what'] ?? groups['place'] ?? groups['name'] ?? '',
    opening: key.includes('{') ? '' : text.replace(/\{.*/, ''),
    isChange: change === '!' && !key.includes('{'),
    isEnd: said.isEnd || change === '†',
    isCorrection: /^pr/.test(category) && (said.isEnd || said.isCorrection || change !== undefined),
  };
}

function filled(template: string, groups: Groups): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => groups[name] ?? '');
}

/** A verb in the present tense as it follows a name: `live` becomes `lives`, `am` becomes `is`. */
function conjugated(verb: string): string {
  const irregular = { am: 'is', cannot: 'cannot', do: 'does', go: 'goes', have: 'has' }[verb];
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
  return irregular ?? (/(?:[sxz]|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`);
}
