import { type AST, visitRegExpAST } from '@eslint-community/regexpp';
import { matcherOf } from './program.ts';

/** What is repeated, behind a beginning that leads to where it hurts, before an end that spoils the match. */
export interface HostileInput {
  readonly before: string;
  readonly repeated: string;
  readonly after: string;
}

/** Letters first, then what separates words, then all that is left of ASCII, and a few letters beyond. */
const CHARACTERS = [
  ...`aA 1-'",.\t*_`,
  ...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)),
  '\n',
  'é',
  'É',
  '字',
  '\u0301',
  '👍',
  '\u0000',
  '\ud83d',
];
const ALWAYS = [
  'a',
  'A',
  'Aa ',
  "Aa'",
  'a ',
  ' ',
  '\t',
  '\n',
  '-',
  '- ',
  ',',
  ', ',
  '"',
  '(',
  '[',
  '](',
  '`',
  '**a ',
  '1',
  '<a',
  '.',
  ' and ',
  '👍',
  'é',
];
const TAILS = ['', ' ', 'a', '-'];
const SPOILED = ['\n!'];
const ENDS = ['', ...SPOILED];
const VARIANTS = [0, 1, 2];

/** Inputs made from the pattern itself: each part that repeats and each beginning of the whole, over and over. */
export function hostileInputs(pattern: AST.Pattern, flags: string): HostileInput[] {
  const sample = sampler(flags);
  const inputs = new Map<string, HostileInput>();
  const add = (before: string, repeated: string, ends = ENDS) => {
    if (repeated === '') return;
    for (const after of ends)
      inputs.set(JSON.stringify([before, repeated, after]), { before, repeated, after });
  };
  for (const repeated of ALWAYS) add('', repeated);
  for (const variant of VARIANTS) {
    for (const { elements } of pattern.alternatives) {
      for (const count of ends(elements)) {
        const start = elements
          .slice(0, count)
          .map((element) => sample(element, variant))
          .join('');
        for (const tail of TAILS) add('', start + tail);
        for (const repeated of ALWAYS) if (variant === 0) add(start, repeated, SPOILED);
      }
    }
  }
  visitRegExpAST(pattern, {
    onQuantifierEnter(node) {
      for (const variant of VARIANTS) {
        const repeated = sample(node.element, variant);
        for (const tail of TAILS) add(leadingTo(node, sample, variant), repeated + tail);
      }
    },
  });
  return [...inputs.values()];
}

/** Where a beginning of the pattern may end: not inside a word of it. */
function ends(elements: readonly AST.Element[]): number[] {
  return elements
    .map((_, index) => index + 1)
    .filter((count) => elements[count - 1]?.type !== 'Character' || elements[count]?.type !== 'Character');
}

type Sample = (node: AST.Element, variant: number) => string;

/** What matches all that stands before a part of the pattern. */
function leadingTo(node: AST.Node, sample: Sample, variant: number): string {
  const { parent } = node;
  if (!parent) return '';
  const before =
    parent.type === 'Alternative'
      ? parent.elements.slice(0, parent.elements.indexOf(node as AST.Element))
      : [];
  return leadingTo(parent, sample, variant) + before.map((element) => sample(element, variant)).join('');
}

/** Something that a part of the pattern matches; another for each variant, where there is another. */
function sampler(flags: string): Sample {
  const matcher = matcherOf(flags);
  const known = new Map<string, readonly string[]>();
  const membersOf = (raw: string) => {
    const members = known.get(raw) ?? CHARACTERS.filter(matcher(raw));
    known.set(raw, members);
    return members;
  };
  return function sample(node, variant): string {
    switch (node.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass': {
        const members = membersOf(node.raw);
        return members[variant % members.length] ?? '';
      }
      case 'Group':
      case 'CapturingGroup': {
        const alternative = node.alternatives[variant % node.alternatives.length];
        return (alternative?.elements ?? []).map((element) => sample(element, variant)).join('');
      }
      case 'Quantifier': {
        const count = variant === 1 ? node.min : Math.max(1, node.min);
        return sample(node.element, variant).repeat(count);
      }
      default:
        return '';
    }
  };
}
