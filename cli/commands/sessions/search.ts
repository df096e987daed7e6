import { searchSession } from '../../../operator/sessions/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseName } from '../../command/parse-name.ts';
import { parseNumber } from '../../command/parse-number.ts';
import { parseQuery } from '../../command/parse-query.ts';
import { targetCommand } from '../../command/target-command.ts';
import { requireTenant, tenantOf, tenantOption } from '../../command/tenant-option.ts';
import { messageHitLines } from '../../display/message-hit-lines.ts';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;
/** Positions have 12 digits. */
const MAX_POSITION = 999_999_999_999;

export function sessionsSearch(cli: Cli) {
  return targetCommand(cli, {
    name: 'search',
    summary: 'find messages of a session by what they say',
    details: 'Live ones and archived ones, the nearest first.',
    example: 'commitlane sessions search chat-42 "the trip to Oslo" --tenant acme --local',
  })
    .argument('<session>', 'the id of the session', parseName)
    .argument('<query>', 'what they say, or a question about it', parseQuery)
    .addOption(tenantOption())
    .option('--limit <messages>', 'show at most so many', parseNumber(1, MAX_LIMIT), DEFAULT_LIMIT)
    .option(
      '--before <position>',
      'only earlier ones, as the search before says',
      parseNumber(1, MAX_POSITION),
    )
    .action((session, query, { tenant, limit, before, ...options }) => {
      requireTenant(session, tenant, options);
      return onTarget(cli, options, async (target) => {
        const key = { tenant: tenantOf(session, tenant, target), session };
        const document = await searchSession(target, key, { query, limit, before }, cli.signal);
        return { document, lines: (view) => messageHitLines(view, document) };
      });
    });
}
