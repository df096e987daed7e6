import { type Context, Hono } from 'hono';
import { InvalidLimitsError, type LimitName, limitDefinitions, NOT_SET } from '../../lib/limits/index.ts';
import type { LimitDocument } from '../../operator/limits/index.ts';
import type { ConsoleEnv, Desk } from '../desk.ts';
import { limitsPage } from '../pages/limits-page.ts';
import { reviewPage } from '../pages/review-page.ts';
import { show } from '../show.ts';

const names = limitDefinitions.map(({ name }) => name);

/** Looking at limits, and changing them. */
export function limits(desk: Desk): Hono<ConsoleEnv> {
  const { operations } = desk;
  return new Hono<ConsoleEnv>()
    .get('/limits', async (c) => {
      const given = c.req.queries('changed') ?? [];
      const changed = names.filter((name) => given.includes(name));
      return show(desk, c, limitsPage(desk, { stored: await operations.limits(c.get('signal')), changed }));
    })
    .post('/limits/review', async (c) => {
      const wanted = await wantedIn(desk, c);
      return checked(desk, c, wanted, async () =>
        show(desk, c, reviewPage(desk, await operations.planLimits(wanted, c.get('signal')), false)),
      );
    })
    .post('/limits', async (c) => {
      const form = c.get('form');
      const wanted = differing(form);
      return checked(desk, c, wanted, async () => {
        const changes = await operations.planLimits(wanted, c.get('signal'));
        const isAsReviewed =
          changes.length === wanted.size &&
          changes.every(({ name, before }) => before === form.get(`was:${name}`));
        if (!isAsReviewed) return show(desk, c, reviewPage(desk, changes, true), 409);
        await operations.changeLimits(wanted, c.get('signal'));
        const changed = changes.map(({ name }): [string, string] => ['changed', name]);
        return c.redirect(`/limits?${new URLSearchParams(changed)}`, 303);
      });
    });
}

/** Shows what may not be as it was typed, with why. */
async function checked(
  desk: Desk,
  c: Context<ConsoleEnv>,
  wanted: ReadonlyMap<LimitName, string>,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidLimitsError)) throw error;
    const stored = await desk.operations.limits(c.get('signal'));
    return show(desk, c, limitsPage(desk, { stored, refused: { wanted, problems: error.problems } }), 400);
  }
}

async function wantedIn({ operations }: Desk, c: Context<ConsoleEnv>): Promise<Map<LimitName, string>> {
  const reset = c.get('form').get('reset');
  if (reset === null) return differing(c.get('form'));
  const { limits } = await operations.limits(c.get('signal'));
  const isMeant = ({ name, source }: LimitDocument) =>
    source === 'parameter' && (reset === 'all' || reset === name);
  return new Map(limits.filter(isMeant).map(({ name }) => [name, NOT_SET]));
}

/** The limits whose field says something else than the page did when it was sent. */
function differing(form: URLSearchParams): Map<LimitName, string> {
  return new Map(
    names.flatMap((name): [LimitName, string][] => {
      const value = form.get(name)?.trim();
      return value === undefined || value === form.get(`was:${name}`) ? [] : [[name, value]];
    }),
  );
}
