import { html } from 'hono/html';
import { alert } from '../html/alert.ts';
import type { Html } from '../html/html.ts';
import type { Page } from './layout.ts';

/** What was wrong, and what to do. */
export function problemPage(title: string, message: string, more?: Html): Page {
  return {
    title,
    body: html`${alert('bad', message)}${more}`,
  };
}
