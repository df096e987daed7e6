import { html } from 'hono/html';
import type { LimitName } from '../../lib/limits/index.ts';
import type { LimitDocument, StackLimits } from '../../operator/limits/index.ts';
import type { Desk } from '../desk.ts';
import { alert } from '../html/alert.ts';
import { choices } from '../html/choices.ts';
import { form } from '../html/form.ts';
import { hidden } from '../html/hidden.ts';
import type { Html } from '../html/html.ts';
import { table } from '../html/table.ts';
import type { Page } from './layout.ts';
import { limitProblems } from './limit-problems.ts';

export interface LimitsView {
  readonly stored: StackLimits;
  /** What was typed and may not be, with why. */
  readonly refused?: {
    readonly wanted: ReadonlyMap<LimitName, string>;
    readonly problems: readonly string[];
  };
  /** Those that were changed just now. */
  readonly changed?: readonly LimitName[];
}

/** Every limit, as a form. */
export function limitsPage(
  desk: Pick<Desk, 'secrets' | 'operations'>,
  { stored, refused, changed = [] }: LimitsView,
): Page {
  const { limits, problems, unknown } = stored;
  return {
    title: 'Limits',
    place: 'limits',
    body: html`
      ${changed.length > 0 && alert('good', html`Written: ${changed.map((name) => html`<code>${name}</code> `)}. Running functions use them within about 66 seconds.`)}
      ${refused && alert('bad', html`<p>This change would not be valid on this stack, and nothing was written:</p><ul>${refused.problems.map((problem) => html`<li>${problem}</li>`)}</ul>`)}
      ${limitProblems(problems)}
      ${unknown.length > 0 && alert('warning', `Some parameters are not limits of this version; functions ignore them: ${unknown.join(', ')}.`)}
      <p>Each of these bounds a wait, and functions pick up a change while they run. You can change several together: they are checked as a set, and you see what would change before anything is written.</p>
      ${form(
        desk,
        '/limits/review',
        html`<p><button>Review the changes…</button></p>
        ${table({
          caption: 'Limits',
          head: ['Limit', 'Value', 'Default', 'Allowed', 'From', 'Meaning'],
          rows: limits.map((limit) => limitRow(desk, limit, refused)),
        })}
        <p class="buttons"><button>Review the changes…</button> <button name="reset" value="all">Reset all to what was deployed…</button></p>`,
      )}`,
  };
}

function limitRow(
  { operations }: Pick<Desk, 'operations'>,
  limit: LimitDocument,
  refused: LimitsView['refused'],
): readonly (Html | string)[] {
  const { name, value, default: byDefault, isDefault, source, allowed, description } = limit;
  const isWrong = refused?.problems.some((problem) => problem.includes(name)) ?? false;
  return [
    html`<label for="${name}"><code>${name}</code></label>${hidden([[`was:${name}`, value]])}`,
    valueField(limit, refused?.wanted.get(name) ?? value, isWrong),
    html`${byDefault} ${!isDefault && html`<button class="small" name="reset" value="${name}" aria-label="Reset ${name} to its default…">reset…</button>`}`,
    allowed,
    source === 'parameter'
      ? html`<span title="${operations.stack.limitsPath}/${name}">parameter</span>`
      : source,
    description,
  ];
}

function valueField({ name, choices: options }: LimitDocument, value: string, isWrong: boolean): Html {
  if (options === undefined)
    return html`<input id="${name}" name="${name}" value="${value}" ${isWrong ? html`aria-invalid="true"` : ''} inputmode="numeric" size="8" maxlength="40" autocomplete="off">`;
  // What is stored may be none of them; it is shown all the same.
  const shown = options.includes(value) ? options : [value, ...options];
  const named = shown.map((option): [string, string] => [option, option]);
  return choices(name, named, value);
}
