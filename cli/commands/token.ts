import { makeTokenIssuer } from '../../local/tokens/index.ts';
import { findLocalStack } from '../../operator/target/index.ts';
import { iso } from '../../operator/words/index.ts';
import type { Cli } from '../cli.ts';
import { noteOn } from '../command/note-on.ts';
import { parseDuration } from '../command/parse-duration.ts';
import { parseName } from '../command/parse-name.ts';
import { requireLocal } from '../command/require-local.ts';
import { targetCommand } from '../command/target-command.ts';
import { UsageError } from '../errors.ts';

const DEFAULT_TTL_MS = 24 * 60 * 60_000;
/** A longer one is not worth its key, which a stack without --data makes anew at each start. */
const MAX_TTL_DAYS = 365;
const MS_PER_DAY = 24 * 60 * 60_000;

export function token(cli: Cli) {
  return targetCommand(cli, {
    name: 'token',
    summary: "print a token that the local stack's API accepts",
    details:
      'Nothing else is printed: TOKEN=$(npx commitlane token --local) works. The tokens of a deployed stack come from ' +
      'its own issuer.',
    example: 'commitlane token --local --tenant acme --sub ann --ttl 12h',
  })
    .option('--tenant <tenant>', 'the tenant; default: that of npm start', parseName)
    .option('--sub <sub>', 'the user, whose memories sessions feed; default: that of npm start', parseName)
    .option('--ttl <time>', 'how long it is valid: 90s, 15m, 12h, 30d', parseDuration, DEFAULT_TTL_MS)
    .action(async ({ tenant, sub, ttl: ttlMs, ...options }) => {
      requireLocal(options, 'Tokens are made for the local stack only');
      if (ttlMs === 0 || ttlMs > MAX_TTL_DAYS * MS_PER_DAY)
        throw new UsageError(`--ttl must be from 1s to ${MAX_TTL_DAYS}d.`);
      const { apiUrl, caller, tokens } = await findLocalStack(cli.discoveryFile, noteOn(cli));
      const who = { tenant: tenant ?? caller.tenant, sub: sub ?? caller.sub };
      const issuer = await makeTokenIssuer(tokens);
      const text = await issuer.mint({ ...who, expiresInSeconds: ttlMs / 1000 });
      await cli.show(options, {
        document: { token: text, apiUrl, ...who, expiresAt: iso(cli.clock.now() + ttlMs) },
        lines: () => [text],
      });
    });
}
