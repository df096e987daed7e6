import { html } from 'hono/html';
import type { LetterDocument } from '../../operator/letters/index.ts';
import { amount } from '../html/amount.ts';
import type { Html } from '../html/html.ts';
import { letterAddress } from '../html/letter-address.ts';
import { links } from '../html/links.ts';
import { outlookText } from '../html/outlook-text.ts';
import { table } from '../html/table.ts';

const SHOWN = 100;

/** A part of the letters of a plan, in the order in which they are sent, and the way to the other parts. */
export function planTable(letters: readonly LetterDocument[], part: number, address: string): Html {
  if (letters.length === 0) return html``;
  const parts = Math.ceil(letters.length / SHOWN);
  const shown = Math.min(part, parts);
  const first = (shown - 1) * SHOWN;
  const rows = letters.slice(first, first + SHOWN).map((letter, index) => {
    const { session, commit } = letterAddress(letter);
    return [
      String(first + index + 1),
      letter.queue,
      session,
      commit,
      letter.archive ?? '–',
      outlookText(letter),
    ];
  });
  return html`
    ${table({ caption: 'Letters in the order of the replay', head: ['Order', 'Queue', 'Session', 'Commit', 'Archive', 'A replay'], rows })}
    ${
      parts > 1 &&
      html`<nav aria-label="Parts of the plan"><p>Letters ${first + 1} to ${first + rows.length} of ${amount(letters.length, 'letter')}.
      ${shown > 1 && links.to(`${address}&part=${shown - 1}`, 'Previous letters')}
      ${shown < parts && links.to(`${address}&part=${shown + 1}`, 'Next letters')}</p></nav>`
    }`;
}
