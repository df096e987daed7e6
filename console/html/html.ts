import type { html } from 'hono/html';

/** A piece of a page. What is put into it as a string has been escaped. */
export type Html = ReturnType<typeof html>;
