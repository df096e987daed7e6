import type { Anchor } from './anchor.ts';
import { monthNames } from './calendar-date.ts';
import { resolveDate } from './resolve-date.ts';
import { before, daysFrom, monthFrom, timeAgo, weekdayNear } from './resolve-relative.ts';
import type { When } from './when.ts';

/** Where in a text the time is said, and what it is. */
export interface FoundWhen extends When {
  readonly start: number;
  readonly end: number;
}

const WEEKDAY = '(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\\b';
const NAMED = `(?<weekday>${WEEKDAY})`;
const MONTH = `(?<month>${monthNames.join('|')})`;
const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(?:,? (?<year>\\d{4})| (?<whichYear>last|this|next) year)?\\b';
const COUNT = '(?<count>two|three|four|five|six|a few|a couple of|\\d{1,2})';

/** What was booked in the past may be for a day that comes. */
const AHEAD = /\b(?:for|until|till|by) (?:the )?$/i;

type Resolve = (parts: Readonly<Record<string, string | undefined>>, anchor: Anchor) => When | undefined;

/** The first that is found counts, so the exact ones come first. */
const expressions: readonly (readonly [RegExp, Resolve])[] = [
  [/\b(?:on )?(?<year>\d{4})-(?<monthNumber>\d{2})-(?<day>\d{2})\b/, resolveDate],
  [new RegExp(`\\b(?:on )?(?:${NAMED},? )?(?:the )?${DAY}(?: of)? ${MONTH}${YEAR}`), resolveDate],
  [new RegExp(`\\b(?:on )?(?:${NAMED},? )?${MONTH} ${DAY}\\b${YEAR}`), resolveDate],
  [/\b(?:yesterday|last night)(?: (?:morning|afternoon|evening))?\b/i, daysFrom(-1)],
  [/\b(?:today|tonight|this (?:morning|afternoon|evening))\b/i, daysFrom(0)],
  [/\btomorrow(?: (?:morning|afternoon|evening|night))?\b/i, daysFrom(1)],
  [
    new RegExp(
      `\\b(?:(?:about|around|over|almost|nearly|some) )?${COUNT} (?<unit>day|weekend|week|month|year)s ago\\b`,
      'i',
    ),
    timeAgo,
  ],
  [/\b(?:last|this past|this last|the past) (?<unit>week|month|year|weekend)\b/i, before],
  [/\bthis month\b/i, monthFrom(0)],
  [/\bnext month\b/i, monthFrom(1)],
  [
    new RegExp(
      `\\b(?<which>[Ll]ast|[Oo]n|[Tt]his) (?<weekday>${WEEKDAY})(?: (?:night|morning|evening|afternoon))?(?! ?\\p{L}*s\\b|\\p{L})`,
      'u',
    ),
    weekdayNear,
  ],
];

/** The first time that a text says, said so that it stays true. */
export function findWhen(text: string, anchor: Anchor): FoundWhen | undefined {
  for (const [pattern, resolve] of expressions) {
    const match = pattern.exec(text);
    if (!match) continue;
    const isAhead = AHEAD.test(text.slice(0, match.index));
    const when = resolve(match.groups ?? {}, isAhead ? { ...anchor, isPast: false } : anchor);
    if (when) return { ...when, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}
