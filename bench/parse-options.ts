import { parseArgs } from 'node:util';
import type { Section } from './section.ts';
import { sections } from './sections.ts';

export interface Options {
  readonly help: boolean;
  readonly json: boolean;
  readonly quick: boolean;
  readonly sections: readonly Section[];
}

/** The command line is not one that can be run. Nothing was measured. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError saying what is wrong and what is expected. */
export function parseOptions(args: readonly string[]): Options {
  const { help, json, quick, only } = parse(args);
  const unknown = only.filter((name) => !sections.some((section) => section.name === name));
  if (unknown.length > 0) {
    throw new UsageError(
      `There is no section ${unknown.map((name) => `'${name}'`).join(', ')}; there are ${sections.map(({ name }) => name).join(', ')}.`,
    );
  }
  const chosen = only.length === 0 ? sections : sections.filter(({ name }) => only.includes(name));
  return { help, json, quick, sections: chosen };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true, default: [] },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
