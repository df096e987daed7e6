import type { FoundWhen } from './calendar/find-when.ts';

/** Stands for the time in a clause while that is retold; nobody types it. */
export const MARK = '\ue000';

const APPENDIX = /(?:,|\s[-–]+\s| and (?:it|we|that|they)\b)[\s\S]*/;

/** The clause with a mark in place of its time, without what is said after a comma behind it. */
export function datedClause(text: string, { start, end }: FoundWhen): string | undefined {
  const before = text.slice(0, start);
  const after = text.slice(end).replace(APPENDIX, '');
  if (/\b(?:every|each|until|than|like)\s*$/i.test(before)) return undefined;
  if (before.trim() === '') return `${after.replace(/^[,\s]*/, '')} ${MARK}`;
  const from = before.split(/,\s(?=(?:I|we)\b)/).at(-1) ?? before;
  return `${from.replace(/,\s*$/, ' ')}${MARK}${after}`;
}
