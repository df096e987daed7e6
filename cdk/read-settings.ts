import type { Node } from 'constructs';
import { type GivenSettings, givenSettingsSchema, parseSettings, type Settings } from './settings.ts';

const PREFIX = 'commitlane:';

/**
 * What CDK context decides, such as `-c commitlane:stage=prod`.
 *
 * @returns what the settings come to, and those that are given, for the construct.
 * @throws SettingsError naming every setting that is wrong or unknown, and what is allowed.
 */
export function readSettings(node: Node): {
  readonly settings: Settings;
  readonly given: Partial<GivenSettings>;
} {
  const context = Object.fromEntries(
    Object.entries(node.getAllContext())
      .filter(([name]) => name.startsWith(PREFIX))
      .map(([name, value]) => [name.slice(PREFIX.length), value]),
  );
  const settings = parseSettings(context, { where: 'CDK context', prefix: PREFIX });
  const parsed = Object.entries(givenSettingsSchema.parse(context));
  return { settings, given: Object.fromEntries(parsed.filter(([name]) => name in context)) };
}
