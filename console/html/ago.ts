import { html } from 'hono/html';
import type { Html } from './html.ts';

const unitsMs = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;
const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** A moment as people say it, in its largest unit: `3 minutes ago`, `in 12 seconds`. The exact one is in its title. */
export function ago(at: string, nowMs: number): Html {
  const ms = Date.parse(at) - nowMs;
  const [unit, unitMs] = unitsMs.find(([, size]) => Math.abs(ms) >= size) ?? ['second', 1_000];
  return html`<time datetime="${at}" title="${at}">${words.format(Math.trunc(ms / unitMs) || -0, unit)}</time>`;
}
