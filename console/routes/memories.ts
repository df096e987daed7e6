import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type Entry, memoryTextSchema } from '../../lib/memory/index.ts';
import type { ConsoleEnv, Desk } from '../desk.ts';
import { failurePage } from '../failure-page.ts';
import { links } from '../html/links.ts';
import { type MemoryQuery, memoryAddressSchema, memoryQuerySchema } from '../memory-query.ts';
import { memoriesForm } from '../pages/memories-form.ts';
import { memoriesPage } from '../pages/memories-page.ts';
import { memoryPage } from '../pages/memory-page.ts';
import { parseFields } from '../parse-fields.ts';
import { show } from '../show.ts';

/** Memories on a page. */
const SHOWN = 50;

const formSchema = memoryAddressSchema.extend({ seen: z.string().max(200) });

/** Looking at the memories of a scope, and correcting them. */
export function memories(desk: Desk): Hono<ConsoleEnv> {
  const { operations } = desk;
  return new Hono<ConsoleEnv>()
    .get('/memories', async (c) => {
      const fields = filledIn(new URL(c.req.url).searchParams);
      if (fields.size === 0) return show(desk, c, memoriesPage());
      try {
        const query = parseFields(memoryQuerySchema, fields);
        const list = await operations.memories(choiceOf(query), c.get('signal'));
        return await show(desk, c, memoriesPage(query, list, desk.clock.now()));
      } catch (error) {
        return failurePage(desk, c, error, memoriesForm(Object.fromEntries(fields)));
      }
    })
    .get('/memories/one', async (c) => {
      const address = parseFields(memoryAddressSchema, new URL(c.req.url).searchParams);
      return show(desk, c, memoryPage(desk, await operations.memory(address, c.get('signal'))));
    })
    .post('/memories/edit', (c) => {
      // A browser sends the ends of lines as two characters.
      const text = (c.get('form').get('text') ?? '').replaceAll('\r\n', '\n');
      return enter(desk, c, { kind: 'edit', text });
    })
    .post('/memories/forget', (c) => enter(desk, c, { kind: 'forget' }))
    .post('/memories/restore', (c) => enter(desk, c, { kind: 'restore' }));
}

/** Enters what was sent, unless it may not be said, or the memory is another one than the page has shown. */
async function enter(desk: Desk, c: Context<ConsoleEnv>, entry: Entry): Promise<Response> {
  const { operations } = desk;
  const { seen, ...address } = parseFields(formSchema, c.get('form'));
  const text = entry.kind === 'edit' ? entry.text : undefined;
  const problem = text === undefined ? undefined : memoryTextSchema.safeParse(text).error?.issues[0];
  const known = await operations.memory(address, c.get('signal'));
  const refused = (why: string, status: 400 | 409) => {
    const kept = text ?? known.text ?? '';
    return show(desk, c, memoryPage(desk, known, { text: kept, why }), status);
  };
  if (problem) return refused(`It ${problem.message}. Nothing was entered.`, 400);
  if (known.revision !== seen) {
    return refused(
      'It has changed since you opened the page, and nothing was entered. Look at it, and send it again.',
      409,
    );
  }
  await operations.changeMemory(address, entry, c.get('signal'));
  return c.redirect(links.memory(address), 303);
}

function choiceOf({ forgotten, ...query }: MemoryQuery) {
  return { ...query, withForgotten: forgotten === 'yes', limit: SHOWN };
}

/** A form sends what was left empty, too. */
function filledIn(fields: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...fields].filter(([, value]) => value.trim() !== ''));
}
