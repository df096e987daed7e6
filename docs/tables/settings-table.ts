import { z } from 'zod';
import { givenSettingsSchema } from '../../cdk/settings.ts';
import { markdownTable } from './markdown-table.ts';
import { spaced } from './spaced.ts';

/** What a setting's schema says of it, as JSON Schema has it. */
interface SettingFacts {
  readonly description: string;
  readonly allowed?: string;
  readonly unlessGiven?: string;
  readonly default?: string | number;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The table of the settings of a deployment, in the order of their schema. */
export function settingsTable(): string {
  const { properties = {} } = z.toJSONSchema(givenSettingsSchema, { unrepresentable: 'any' });
  const rows = Object.entries(properties as unknown as Record<string, SettingFacts>).map(([name, facts]) => [
    `\`${name}\``,
    defaultOf(facts),
    allowedOf(facts),
    facts.description,
  ]);
  return markdownTable(['setting (`-c commitlane:…`)', 'default', 'allowed', 'meaning'], rows);
}

function defaultOf({ unlessGiven, default: value }: SettingFacts): string {
  if (unlessGiven !== undefined) return unlessGiven;
  if (value === undefined) return 'none';
  return typeof value === 'number' ? spaced(value) : `\`${value}\``;
}

function allowedOf({ allowed, enum: choices, minimum, maximum }: SettingFacts): string {
  if (allowed !== undefined) return allowed;
  if (choices) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (minimum === undefined) return '';
  const isOpen = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER;
  return isOpen ? `at least ${spaced(minimum)}` : `${spaced(minimum)} to ${spaced(maximum)}`;
}
