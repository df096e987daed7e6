import { html } from 'hono/html';
import type { Html } from '../html/html.ts';
import type { Operations } from '../operations.ts';

/** Where one is, in the menu. */
type Place = 'overview' | 'sessions' | 'memories' | 'letters' | 'limits';

export interface Page {
  readonly title: string;
  readonly place?: Place;
  readonly body: Html;
  /** Reloads the page after this number of seconds. */
  readonly refreshSeconds?: number;
  /** For somebody who was not let in: nothing of the stack is on it. */
  readonly isOutside?: true;
}

const menu: readonly (readonly [Place, address: string, text: string])[] = [
  ['overview', '/', 'Overview'],
  ['sessions', '/sessions', 'Sessions'],
  ['memories', '/memories', 'Memories'],
  ['letters', '/letters', 'Dead letters'],
  ['limits', '/limits', 'Limits'],
];

/** A whole page: which stack it is about, the menu, and its content. */
export function layout({ name, isLocal }: Operations['stack'], page: Page): Html {
  const { title, place, body, refreshSeconds, isOutside } = page;
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  ${refreshSeconds !== undefined && html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
  <title>${title} – ${isOutside ? 'Commitlane' : name}</title>
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/style.css">
</head>
<body>
  <a class="skip" href="#content">Skip to the content</a>
  <header>
    <p class="brand">Commitlane ${!isOutside && html`<strong>${name}</strong> ${isLocal ? 'on this machine' : 'on AWS'}`}</p>
    ${!isOutside && menuOf(place)}
  </header>
  <main id="content">
    <h1>${title}</h1>
    ${body}
  </main>
</body>
</html>`;
}

function menuOf(place: Place | undefined): Html {
  const entries = menu.map(([one, address, text]) => {
    const current = one === place ? html`aria-current="page"` : '';
    return html`<li><a href="${address}" ${current}>${text}</a></li>`;
  });
  return html`<nav aria-label="Pages"><ul>${entries}</ul></nav>`;
}
