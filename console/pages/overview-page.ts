import { html } from 'hono/html';
import type { StackLimits } from '../../operator/limits/index.ts';
import type { QueueFigures } from '../../operator/queues/index.ts';
import type { Desk } from '../desk.ts';
import { alert } from '../html/alert.ts';
import { amount } from '../html/amount.ts';
import { facts } from '../html/facts.ts';
import { form } from '../html/form.ts';
import type { Html } from '../html/html.ts';
import { links } from '../html/links.ts';
import { table } from '../html/table.ts';
import type { Page } from './layout.ts';
import { limitProblems } from './limit-problems.ts';
import { sessionForm } from './session-form.ts';

/** The stack at a glance. */
export function overviewPage(
  desk: Pick<Desk, 'operations' | 'secrets' | 'replays'>,
  { queues, limits }: { readonly queues: readonly QueueFigures[]; readonly limits: StackLimits },
): Page {
  const { stack } = desk.operations;
  const { current } = desk.replays;
  return {
    title: 'Overview',
    place: 'overview',
    body: html`
      ${current && alert('warning', html`A replay is running: ${links.to(links.replay(current.id), 'see its progress')}.`)}
      ${facts([
        ['API', html`<code>${stack.apiUrl}</code>`],
        ['Model', html`<code>${stack.model}</code>`],
        ['Leases', `in ${stack.leaseStore}`],
        ['Limits', html`<code>${stack.limitsPath}</code>`],
      ])}
      <h2>Queues</h2>
      ${queueTable(queues)}
      <h2>Limits that differ from their defaults</h2>
      ${limitProblems(limits.problems)}
      ${changedLimits(limits)}
      <h2>A session</h2>
      ${sessionForm({})}
      <h2>Checks</h2>
      <p>They cover credentials, table, queues, limits, API and model.</p>
      ${form(
        desk,
        '/checks',
        html`<p><label><input type="checkbox" name="askModel" value="yes" ${stack.isLocal ? html`checked` : ''}> Check the model, too (a real one costs a little)</label></p>
        <p><button>Run the checks</button></p>`,
      )}`,
  };
}

function queueTable(queues: readonly QueueFigures[]): Html {
  return html`${table({
    caption: 'Queues',
    head: ['Queue', 'Waiting', 'In flight', 'Dead letters'],
    rows: queues.map(({ kind, waiting, inFlight, deadLetters }) => [
      kind,
      waiting,
      inFlight,
      deadLetters === 0
        ? 'none'
        : html`<strong>${links.to(`/letters?queue=${kind}`, amount(deadLetters, 'dead letter'))}</strong>`,
    ]),
  })}
  <p class="note">These are the queues’ own counts, which may be a minute old.</p>`;
}

function changedLimits({ limits }: StackLimits): Html {
  const changed = limits.filter(({ isDefault }) => !isDefault);
  if (changed.length === 0) return html`<p>None: every limit is at its default.</p>`;
  return table({
    caption: 'Limits that differ from their defaults',
    head: ['Limit', 'Value', 'Default'],
    rows: changed.map(({ name, value, default: byDefault }) => [
      html`<code>${name}</code>`,
      html`<strong>${value}</strong>`,
      byDefault,
    ]),
  });
}
