import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { startDeadline, untilAborted } from '../../lib/clock/index.ts';
import type { LetterChoice } from '../../operator/letters/index.ts';
import type { ConsoleEnv, Desk } from '../desk.ts';
import { InputError } from '../errors.ts';
import { links } from '../html/links.ts';
import { choiceOf, letterQuerySchema } from '../letter-query.ts';
import { replayPage } from '../pages/replay-page.ts';
import { parseFields } from '../parse-fields.ts';
import { rates } from '../replays/rates.ts';
import type { Replay } from '../replays/replay-desk.ts';
import { show } from '../show.ts';

/** Most are planned, or sent, by then; the page shows the others as they go on. */
const PATIENCE_MS = 3_000;

const idSchema = z.object({ id: z.string().min(1).max(128) });
const partSchema = idSchema.extend({ part: z.coerce.number().int().min(1).max(1_000).default(1) });
const sendSchema = idSchema.extend({ rate: z.coerce.number().int().min(rates.min).max(rates.max) });

/** Planning a replay, sending it, and looking at how far it is. */
export function replays(desk: Desk): Hono<ConsoleEnv> {
  const lookAt = async (c: Context<ConsoleEnv>, replay: Replay) => {
    await settledSoon(desk, replay);
    return c.redirect(links.replay(replay.id), 303);
  };
  return new Hono<ConsoleEnv>()
    .get('/replays', (c) => {
      const { id, part } = parseFields(partSchema, new URL(c.req.url).searchParams);
      return show(desk, c, replayPage(desk, desk.replays.find(id), part));
    })
    .post('/replays', (c) => lookAt(c, desk.replays.plan(chosenIn(c.get('form')))))
    .post('/replays/send', (c) => {
      const { id, rate } = parseFields(sendSchema, c.get('form'));
      return lookAt(c, desk.replays.send(id, rate));
    })
    .post('/replays/stop', (c) => lookAt(c, desk.replays.stop(parseFields(idSchema, c.get('form')).id)));
}

function chosenIn(form: URLSearchParams): LetterChoice {
  if (form.get('which') === 'all') return choiceOf(parseFields(letterQuerySchema, form));
  const ids = new Set(form.getAll('letter'));
  if (ids.size === 0)
    throw new InputError('No letter was chosen. Tick some, or plan a replay of all that match.');
  return { filter: {}, ids };
}

async function settledSoon({ clock }: Pick<Desk, 'clock'>, { settled }: Replay): Promise<void> {
  using patience = startDeadline(clock, PATIENCE_MS, () => new Error('patience'));
  await untilAborted(settled, patience.signal).catch((error: unknown) => {
    if (error !== patience.signal.reason) throw error;
  });
}
