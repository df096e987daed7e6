import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findCircle } from './find-circle.ts';
import { type Import, readImports } from './read-imports.ts';

/** Which folder may use which; each may use itself. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  terminal: ['lib'],
  functions: ['lib'],
  build: ['cdk', 'local'],
  cdk: ['lib', 'functions'],
  local: ['lib', 'terminal', 'cdk'],
  operator: ['lib', 'local'],
  console: ['lib', 'operator'],
  mcp: ['lib'],
  cli: ['lib', 'terminal', 'local', 'operator', 'console', 'mcp'],
  bench: ['lib', 'terminal', 'local'],
  eval: ['lib', 'terminal'],
  docs: ['lib', 'cdk'],
};

/** Imports past a door, each with its reason. */
const exceptions: readonly (Import & { readonly because: string })[] = [
  {
    from: 'lib/client/client-routes.ts',
    to: 'lib/api/routes.ts',
    because: 'the index of lib/api would bring modules of Node into the bundle of a browser',
  },
  { from: 'lib/client/exchange.ts', to: 'lib/clock/until-aborted.ts', because: 'likewise, for lib/clock' },
  { from: 'lib/client/session-events.ts', to: 'lib/clock/until-aborted.ts', because: 'likewise' },
  {
    from: 'lib/client/watch-commit.ts',
    to: 'lib/session/commit-states.ts',
    because: 'the index of lib/session would bring the schemas and their library into the bundle',
  },
  { from: 'lib/adapters/history/in-appends.ts', to: 'lib/session/append-bounds.ts', because: 'likewise' },
  { from: 'lib/adapters/langgraph/with-own-id.ts', to: 'lib/session/name-pattern.ts', because: 'likewise' },
  {
    from: 'lib/adapters/ai-sdk/background-of.ts',
    to: 'lib/context/background-blocks.ts',
    because: 'the index of lib/context would bring the server side into the bundle',
  },
  {
    from: 'lib/adapters/history/read-history.ts',
    to: 'lib/client/timer-clock.ts',
    because: 'the index of lib/client is what the package offers, and a clock is no part of it',
  },
  {
    from: 'lib/messages/raw-input.ts',
    to: 'lib/json/read-json.ts',
    because: 'likewise, for lib/json: a browser converts messages, too',
  },
  {
    from: 'lib/messages/describe-part.ts',
    to: 'lib/text/abridged.ts',
    because: 'the index of lib/text would bring a module of Node into the bundle of a browser',
  },
  { from: 'lib/messages/fit-calls.ts', to: 'lib/text/shortened.ts', because: 'likewise' },
  { from: 'lib/messages/openai-chat/to-openai-chat.ts', to: 'lib/text/shortened.ts', because: 'likewise' },
  { from: 'lib/json/field-name.ts', to: 'lib/text/abridged.ts', because: 'likewise, by lib/messages' },
  {
    from: 'lib/adapters/strands/agent-state.ts',
    to: 'lib/messages/same-json.ts',
    because: 'the index of lib/messages is what the package offers, and this is no part of it',
  },
  {
    from: 'lib/adapters/strands/read-block.ts',
    to: 'lib/messages/same-json.ts',
    because: 'likewise',
  },
  {
    from: 'docs/tables/settings-table.ts',
    to: 'cdk/settings.ts',
    because: 'the index of cdk is what the package offers, and settings are no part of it',
  },
  {
    from: 'build/bundle-functions.ts',
    to: 'cdk/bundle-options.ts',
    because: 'likewise, for how code is bundled',
  },
  { from: 'build/bundle-command.ts', to: 'cdk/bundle-options.ts', because: 'likewise' },
  { from: 'build/bundle-local.ts', to: 'cdk/bundle-options.ts', because: 'likewise' },
];

let files: ReadonlySet<string>;
let imports: readonly Import[];
beforeAll(async () => {
  ({ files, imports } = await readImports(Object.keys(mayUse)));
});

const topOf = (file: string) => file.split('/', 1)[0] ?? '';
const isException = ({ from, to }: Import) => exceptions.some((one) => one.from === from && one.to === to);
const inWords = ({ from, to }: Import) => `${from} → ${to}`;

/** Whether a folder with a door lies between the two, and the import goes past it. */
function isPastADoor({ from, to }: Import): boolean {
  if (path.basename(to) === 'index.ts') return false;
  for (let folder = path.dirname(to); folder !== '.'; folder = path.dirname(folder)) {
    if (from.startsWith(`${folder}/`)) return false;
    if (files.has(`${folder}/index.ts`)) return true;
  }
  return false;
}

/** A folder of `lib` or `operator` with all below it; elsewhere, the folder at the top. */
function roomOf(file: string): string {
  const [top = '', below = ''] = file.split('/');
  return ['lib', 'operator'].includes(top) ? `${top}/${below}` : top;
}

describe('every door', () => {
  it('is known: what is read is the whole of the code', () => {
    expect(files.size).toBeGreaterThan(500);
    expect(imports.length).toBeGreaterThan(files.size);
  });

  it('is used: a folder with an index is entered by it', () => {
    expect(imports.filter((one) => isPastADoor(one) && !isException(one)).map(inWords)).toEqual([]);
  });

  it('that is passed by is passed by for a reason that still holds', () => {
    const past = imports.filter(isPastADoor).map(inWords);
    expect(exceptions.map(inWords).filter((one) => !past.includes(one))).toEqual([]);
  });

  it('opens in one direction: no folder uses one above it', () => {
    const upwards = imports.filter(({ from, to }) => {
      const [user, used] = [topOf(from), topOf(to)];
      return user !== used && !mayUse[user]?.includes(used);
    });
    expect(upwards.map(inWords)).toEqual([]);
  });
});

describe('no circle', () => {
  it('is among files, types included', () => {
    expect(findCircle(imports.map(({ from, to }) => [from, to]))).toEqual([]);
  });

  it('is among rooms', () => {
    const between = imports.map(({ from, to }) => [roomOf(from), roomOf(to)] as const);
    expect(findCircle(between.filter(([user, used]) => user !== used))).toEqual([]);
  });

  it('is missed', () => {
    expect(
      findCircle([
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'b'],
      ]),
    ).toEqual(['b', 'c', 'b']);
    expect(
      findCircle([
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'c'],
      ]),
    ).toEqual([]);
  });
});
