import fc from 'fast-check';

/** Where a worker stops: at this call to a store, before or after its effect. */
interface Crash {
  readonly call: number;
  readonly fault: 'before' | 'after';
}

/** What a person does to a memory; the last to a whole scope. */
const entries = ['new', 'edit', 'forget', 'restore', 'erase', 'erase-scope'] as const;

/** What somebody does; numbers choose among what there is then. */
export type Act =
  | { readonly kind: 'append'; readonly session: number; readonly words: readonly (readonly number[])[] }
  | { readonly kind: 'commit'; readonly session: number }
  | { readonly kind: 'move'; readonly session: number; readonly scope: number }
  | { readonly kind: 'restrict'; readonly session: number; readonly isRestricted: boolean }
  | {
      readonly kind: 'enter';
      readonly scope: number;
      readonly which: number;
      readonly entry: (typeof entries)[number];
      readonly words: readonly number[];
    }
  | {
      readonly kind: 'delete';
      readonly session: number;
      readonly memories: boolean;
      readonly crash: Crash | undefined;
    }
  | Embed
  | FollowUp;

/** A worker that embeds one archive of a session, and all memories of its scope. */
interface Embed {
  readonly kind: 'embed';
  readonly session: number;
  readonly which: number;
  readonly crash: Crash | undefined;
  /** What others do while the embedding model thinks, the first time that it is asked. */
  readonly during: readonly Act[];
}

/** The delivery of a message that was sent, be it for the first time or again; or of one that asks for another extraction. */
interface FollowUp {
  readonly kind: 'follow-up';
  readonly which: number;
  readonly seed: number;
  readonly again: 'no' | 'dry-run' | 'yes';
  readonly crash: Crash | undefined;
  /** What others do while the model thinks. */
  readonly during: readonly Act[];
}

const session = fc.nat({ max: 3 });
const scope = fc.nat({ max: 2 });
const which = fc.nat({ max: 20 });
const words = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 3 });
const crash = fc.option(
  fc.record({ call: fc.integer({ min: 1, max: 16 }), fault: fc.constantFrom('before', 'after') }),
  { nil: undefined, freq: 3 },
);

const simple = [
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('append'),
      session,
      words: fc.array(words, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('commit'), session }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move'), session, scope }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restrict'), session, isRestricted: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('enter'),
      scope,
      which,
      entry: fc.constantFrom(...entries),
      words,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('delete'),
      session,
      memories: fc.constantFrom(true, true, false),
      crash,
    }),
  },
] as const;

const anySimple: fc.Arbitrary<Act> = fc.oneof(...simple);

const followUp: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant('follow-up'),
  which,
  seed: fc.nat({ max: 1_000_000 }),
  again: fc.constantFrom('no', 'no', 'no', 'dry-run', 'yes'),
  crash,
  during: fc.array(anySimple, { maxLength: 2 }),
});

const embed: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant('embed'),
  session,
  which,
  crash,
  during: fc.array(anySimple, { maxLength: 2 }),
});

/** Sessions talk, are followed up and embedded, and then anything happens in any order. */
export const acts: fc.Arbitrary<readonly Act[]> = fc
  .tuple(
    fc.array(fc.tuple(words, fc.nat({ max: 1_000_000 })), { minLength: 8, maxLength: 8 }),
    fc.array(
      fc.oneof(
        { weight: 16, arbitrary: anySimple },
        { weight: 16, arbitrary: followUp },
        { weight: 8, arbitrary: embed },
      ),
      { minLength: 15, maxLength: 45 },
    ),
  )
  .map(([first, others]) => [
    ...first.flatMap(([some, seed], index): Act[] => [
      { kind: 'append', session: index % 4, words: [some] },
      { kind: 'commit', session: index % 4 },
      { kind: 'follow-up', which: index, seed, again: 'no', crash: undefined, during: [] },
      ...(index < 4
        ? []
        : [{ kind: 'embed', session: index % 4, which: index, crash: undefined, during: [] } as const]),
    ]),
    ...others,
  ]);
