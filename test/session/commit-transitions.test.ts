import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  type CommitState,
  commitTransitions,
  endedWell,
  isBeforeArchive,
  isFinal,
  isRunning,
  commitStates as states,
} from '../../lib/session/index.ts';

const rows = Object.entries(commitTransitions);
const arrowsOf = ([name, { from, to }]: (typeof rows)[number]) =>
  from.map((state) => `${name}: ${state} → ${to}`);

interface Picture {
  readonly arrows: readonly string[];
  /** The states that an arrow without a name leads to `[*]`. */
  readonly ends: readonly string[];
  readonly begins: readonly string[];
}

function parse(source: string): Picture {
  const lines = source.split('\n').map((line) => line.trim());
  const aliases = new Map(
    lines.flatMap((line) => {
      const [, state = '', alias = ''] = /^state "(.+)" as (\w+)$/.exec(line) ?? [];
      return alias ? [[alias, state] as const] : [];
    }),
  );
  const nameOf = (id: string) => aliases.get(id) ?? id;
  const arrows = lines.flatMap((line) => {
    const [, from = '', to = '', names = ''] = /^(\S+) --> ([^\s:]+)(?:: (.+))?$/.exec(line) ?? [];
    return from ? [{ from: nameOf(from), to: nameOf(to), names: names.split(', ') }] : [];
  });
  expect(arrows.length + aliases.size).toBe(lines.length);
  const between = arrows.filter(({ from, to }) => from !== '[*]' && to !== '[*]');
  return {
    arrows: between.flatMap(({ from, to, names }) => names.map((name) => `${name}: ${from} → ${to}`)),
    ends: arrows.filter(({ to }) => to === '[*]').map(({ from }) => from),
    begins: arrows.filter(({ from }) => from === '[*]').map(({ to }) => to),
  };
}

async function pictures(): Promise<readonly Picture[]> {
  const page = await readFile(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
  const blocks = page.matchAll(/```mermaid\nstateDiagram-v2\n(.+?)\n```/gs);
  return [...blocks].map(([, source = '']) => parse(source));
}

describe('the pictures of the states in docs/protocol.md', () => {
  it.each([
    [0, true],
    [1, false],
  ])(
    'show every transition, and no other: picture %i those that need a commit without archive: %s',
    async (index, onlyBeforeArchive) => {
      const picture = (await pictures())[index];
      const wanted = rows.filter(([, row]) => row.onlyBeforeArchive === onlyBeforeArchive).flatMap(arrowsOf);
      expect(wanted.length).toBeGreaterThan(0);
      expect([...(picture?.arrows ?? [])].sort()).toEqual(wanted.sort());
    },
  );

  it('begin and end where a commit does', async () => {
    const [first, second, ...others] = await pictures();
    expect(others).toEqual([]);
    expect([first?.begins, second?.begins]).toEqual([['queued'], []]);
    const ends = [...(first?.ends ?? []), ...(second?.ends ?? [])];
    expect(ends.sort()).toEqual(states.filter(isFinal).sort());
  });
});

describe('the states of a commit', () => {
  it('are final where no transition leaves them', () => {
    const left = new Set(rows.flatMap(([, { from }]) => from));
    for (const state of states) expect(isFinal(state), state).toBe(!left.has(state));
  });

  it('are running, final or dead-lettered', () => {
    const kinds: readonly ((state: CommitState) => boolean)[] = [
      isRunning,
      isFinal,
      (state) => state === 'dead-lettered',
    ];
    for (const state of states)
      expect(
        kinds.filter((is) => is(state)),
        state,
      ).toHaveLength(1);
  });

  it('are before the archive only without one, and while the commit runs', () => {
    for (const state of states) {
      expect(isBeforeArchive({ state }), state).toBe(isRunning(state) && state !== 'archived');
      expect(isBeforeArchive({ state, archive: 1 }), state).toBe(false);
    }
  });

  it('end well with all done, or with nothing to do', () => {
    expect(states.filter(endedWell).sort()).toEqual(['completed', 'empty']);
  });
});
