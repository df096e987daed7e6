import type { Node } from 'constructs';
import { type GivenSettings, givenSettingsSchema, parseSettings, type Settings } from './settings.ts';

const PREFIX = 'commitlane:';

/**
 * What CDK context decides, such as `-c commitlane:stage=prod` and, of a limit, `-c commitlane:lease.ttlMs=45000`.
 *
 * @returns what the settings come to, and those that are given, for the construct.
 * @throws SettingsError naming every setting that is wrong or unknown, and what is allowed.
 */
export function readSettings(node: Node): {
  readonly settings: Settings;
  readonly given: Partial<GivenSettings>;
} {
  const all = Object.entries(node.getAllContext())
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, value]): [string, unknown] => [name.slice(PREFIX.length), value]);
  const limits = all.filter(([name]) => name.includes('.'));
  const context = {
    ...Object.fromEntries(all.filter(([name]) => !name.includes('.'))),
    ...(limits.length > 0 && { limits: Object.fromEntries(limits) }),
  };
  const settings = parseSettings(context, { where: 'CDK context', prefix: PREFIX });
  const parsed = Object.entries(givenSettingsSchema.parse(context));
  return { settings, given: Object.fromEntries(parsed.filter(([name]) => name in context)) };
}
