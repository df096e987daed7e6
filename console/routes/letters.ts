import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { ConsoleEnv, Desk } from '../desk.ts';
import { choiceOf, letterQuerySchema, looks } from '../letter-query.ts';
import { letterPage } from '../pages/letter-page.ts';
import { lettersPage } from '../pages/letters-page.ts';
import { missingLetterPage } from '../pages/missing-letter-page.ts';
import { parseFields } from '../parse-fields.ts';
import { show } from '../show.ts';

const addressSchema = z.object({ id: z.string().min(1).max(256) });

/** Looking at dead letters. */
export function letters(desk: Desk): Hono<ConsoleEnv> {
  const { operations } = desk;

  async function showOne(c: Context<ConsoleEnv>, fields: URLSearchParams, deep: boolean) {
    const { id } = parseFields(addressSchema, fields);
    const { letter, unseen } = await operations.letter(id, { deep }, { signal: c.get('signal') });
    return letter
      ? show(desk, c, letterPage(desk, letter))
      : show(desk, c, missingLetterPage(desk, id, unseen), 404);
  }

  return (
    new Hono<ConsoleEnv>()
      .get('/letters', async (c) => {
        const query = parseFields(letterQuerySchema, new URL(c.req.url).searchParams);
        const reading = { deep: false, maxLetters: Number(query.look ?? looks[0]) };
        const found = await operations.letters(choiceOf(query), reading, { signal: c.get('signal') });
        return show(desk, c, lettersPage(desk, query, found));
      })
      .get('/letters/one', (c) => showOne(c, new URL(c.req.url).searchParams, false))
      // It moves letters to the end of their queue.
      .post('/letters/one', (c) => showOne(c, c.get('form'), true))
  );
}
