import { describe, expect, it } from 'vitest';
import { snippetOf } from '../../lib/search/snippet-of.ts';

const seeking = (wanted: string) => (words: readonly string[]) => {
  const count = words.filter((word) => word === wanted).length;
  return new Map(count > 0 ? [[0, count]] : []);
};

describe('a snippet', () => {
  it('is a short text as it is, on one line', () => {
    expect(snippetOf('  a\nneedle\t in hay ', seeking('needle'))).toBe('a needle in hay');
  });

  it('is the part of a long text that has the words', () => {
    const text = `${'hay and more hay. '.repeat(200)}Here is the needle. ${'Straw and more straw. '.repeat(200)}`;
    const snippet = snippetOf(text, seeking('needle'));
    expect(snippet).toContain('Here is the needle.');
    expect(snippet).toMatch(/^… .* …$/);
    expect(snippet.length).toBeLessThanOrEqual(300);
    expect(snippetOf(text, seeking('nothing'))).toMatch(/^hay and .* …$/);
  });

  it('is found at the end, and where no spaces part the words', () => {
    expect(snippetOf(`${'hay '.repeat(500)}needle`, seeking('needle'))).toMatch(/^… .*needle$/);
    const japanese = `${'今日はとても良い天気です。'.repeat(60)}京都で豆腐を食べました。${'明日は雨です。'.repeat(60)}`;
    expect(snippetOf(japanese, seeking('京都'))).toContain('京都で豆腐');
  });

  it('has whole characters, however they are joined', () => {
    const families = '👨‍👩‍👧‍👦'.repeat(200);
    const snippet = snippetOf(families, seeking('none'));
    expect(snippet.length).toBeLessThanOrEqual(300);
    expect(snippet.replace(/ …$/, '').replaceAll('👨‍👩‍👧‍👦', '')).toBe('');
    const buried = snippetOf(`e${'\u0301'.repeat(5_000)}`, seeking('none'));
    expect(buried.isWellFormed()).toBe(true);
    expect(buried.length).toBeLessThanOrEqual(300);
  });

  it('has no control characters that a terminal would obey', () => {
    const snippet = snippetOf(`\u001b[2J${'\u202eneedle\u0007 '.repeat(100)}`, seeking('needle'));
    expect(snippet).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(snippet).toContain('needle');
  });
});
