import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import type { ConsoleEnv } from '../desk.ts';

const files = [
  ['style.css', 'text/css; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
] as const;

/** What pages look like; also for those who are not let in, and holding no secret. */
export function assets(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  for (const [name, type] of files) {
    const file = new URL(`../assets/${name}`, import.meta.url);
    app.get(`/${name}`, async (c) => c.body(await readFile(file, 'utf8'), 200, { 'content-type': type }));
  }
  return app;
}
