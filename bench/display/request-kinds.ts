import type { RequestFigure } from '../counting/request-figure.ts';

/** Requests by kind, in the order of their first: `UpdateItem META × 3 (3 W)`. */
export function requestKinds(requests: readonly RequestFigure[]): string {
  return requests
    .map(({ operation, target, count, refused, writeUnits, readUnits }) => {
      const name = target === '' ? operation : `${operation} ${target}`;
      const facts = [
        ...(writeUnits > 0 ? [`${writeUnits} W`] : []),
        ...(readUnits > 0 ? [`${readUnits} R`] : []),
        ...(refused > 0 ? [`${refused} refused`] : []),
      ];
      const times = count > 1 ? ` × ${count}` : '';
      return `${name}${times}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`;
    })
    .join(', ');
}
