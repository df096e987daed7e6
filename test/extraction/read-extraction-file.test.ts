import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ExtractionFileError, readExtractionFile } from '../../lib/extraction/index.ts';
import { temporaryFolder } from '../local/temporary-folder.ts';

const health = { health: 'what the user told about their health' };

async function reading(content: string | object | Uint8Array) {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'own.json');
  const isText = typeof content === 'string' || content instanceof Uint8Array;
  await writeFile(file, isText ? content : JSON.stringify(content));
  return readExtractionFile(file, 'own.json');
}

describe('the file that says what is to be extracted', () => {
  test('names categories in place of the built-in ones, in its order', async () => {
    expect(await reading({ categories: { ...health, 'b-2': 'another' } })).toEqual({
      categories: [
        { name: 'health', description: health.health },
        { name: 'b-2', description: 'another' },
      ],
      version: expect.stringMatching(/^[0-9a-f]{8}$/),
    });
  });

  test('keeps a built-in category with its own description, or gives it another', async () => {
    const { categories } = await reading({ categories: { profile: true, event: 'dates', ...health } });
    expect(categories).toEqual([
      { name: 'profile', description: expect.stringMatching(/^who the user is/) },
      { name: 'event', description: 'dates' },
      { name: 'health', description: health.health },
    ]);
  });

  test('may have instructions, a language and a version', async () => {
    const own = {
      categories: health,
      instructions: 'Be brief.\n\tAlways.',
      language: 'pt-br',
      version: 'support',
    };
    expect(await reading(own)).toMatchObject({
      instructions: own.instructions,
      language: 'pt-BR',
      version: expect.stringMatching(/^support\.[0-9a-f]{8}$/),
    });
    expect(await reading({ ...own, language: 'conversation' })).not.toHaveProperty('language');
  });

  test('has another version as soon as the model is told something else, and not before', async () => {
    const own = { categories: health, instructions: 'Be brief.' };
    const { version } = await reading(own);
    expect(await reading(`\ufeff${JSON.stringify(own, null, 2)}\n`)).toMatchObject({ version });
    expect(
      await reading({ instructions: own.instructions, categories: health, language: 'conversation' }),
    ).toMatchObject({
      version,
    });
    for (const other of [
      { ...own, instructions: 'Be long.' },
      { ...own, language: 'de' },
      { ...own, categories: { health: 'health' } },
      { ...own, categories: { ...health, b: 'b' } },
      { categories: { ...health, b: 'b' } },
      { categories: { b: 'b', ...health } },
    ]) {
      expect((await reading(other)).version).not.toBe(version);
    }
  });

  test('of the samples can be used', () => {
    const sample = fileURLToPath(new URL('../../events/extraction/support.json', import.meta.url));
    expect(readExtractionFile(sample).version).toMatch(/^support\.[0-9a-f]{8}$/);
  });

  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, 'd']));

  test.each<[string, string | object | Uint8Array, string | RegExp]>([
    ['that is no JSON', '{"categories": ', /^own\.json is not JSON: /],
    ['that is no text', Uint8Array.of(0xff, 0xfe), 'own.json is not UTF-8 text'],
    ['that is no object', '[]', 'must be an object with categories'],
    ['that is too large', ' '.repeat(32 * 1024 + 1), 'own.json has 32769 bytes; at most 32768 are allowed'],
    ['without categories', {}, 'categories: must be an object'],
    ['with no category', { categories: {} }, 'categories: must be 1 to 20 categories, and not 0'],
    ['with too many', { categories: many(21) }, 'categories: must be 1 to 20 categories, and not 21'],
    ['with categories in a list', { categories: ['health'] }, 'categories: must be an object'],
    ['with a name that is none', { categories: { Health: 'x' } }, 'categories.Health: must be a category'],
    [
      'with a name that is too long',
      { categories: { ['a'.repeat(41)]: 'x' } },
      'must be a category: at most 40',
    ],
    [
      'with a name of the language',
      '{"categories": {"__proto__": "x"}}',
      'categories.__proto__: must be a category',
    ],
    ['with a category twice', '{"categories": {"a": "x", "a": "y"}}', 'categories.a: the key occurs twice'],
    ['with an empty description', { categories: { a: ' ' } }, 'categories.a: must not be empty'],
    ['with a long description', { categories: { a: '😀'.repeat(301) } }, 'categories.a: must be at most 300'],
    ['with a description of two lines', { categories: { a: 'x\n- b: y' } }, 'categories.a: must be one line'],
    [
      'without a description',
      { categories: { a: true } },
      'categories.a: must be a description, or true for a',
    ],
    [
      'with null',
      { categories: { profile: null } },
      'categories.profile: must be a description, or true for a',
    ],
    [
      'with long instructions',
      { categories: health, instructions: 'x'.repeat(4_001) },
      'instructions: must be at most 4000',
    ],
    [
      'with control characters',
      { categories: health, instructions: 'x\u0000' },
      'instructions: must be without control',
    ],
    ['with half a character', `{"categories": {"a": "\\ud83d"}}`, 'categories.a: has a lone surrogate'],
    ['with no language', { categories: health, language: 'no language' }, 'language: must be a BCP 47 tag'],
    [
      'with more than a language',
      { categories: health, language: 'de-u-co-phonebk' },
      'language: must be a BCP 47 tag',
    ],
    ['with a version of words', { categories: health, version: 'of today' }, 'version: must be at most 40'],
    [
      'with another field',
      { categories: health, instruction: 'x' },
      'the fields are categories, instructions, language and version',
    ],
  ])('%s is refused, with its name and the field', async (_name, content, problem) => {
    const refused = reading(content);
    await expect(refused).rejects.toThrow(ExtractionFileError);
    await expect(refused).rejects.toThrow(problem);
    await expect(refused).rejects.toThrow('own.json');
  });

  test('of as many and as long fields as there may be is small enough', async () => {
    const categories = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`c${index}`, '漢'.repeat(300)]),
    );
    await expect(reading({ categories, instructions: '漢'.repeat(4_000) })).resolves.toBeDefined();
  });

  test('is refused where there is none', async () => {
    await using folder = await temporaryFolder();
    const inside = (name: string) => path.join(folder.path, name);
    expect(() => readExtractionFile(inside('none.json'), 'none.json')).toThrow('none.json does not exist');
    await mkdir(inside('folder'));
    expect(() => readExtractionFile(inside('folder'), 'folder')).toThrow('folder is not a file');
  });

  test('tells at most ten problems', async () => {
    const wrong = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`C${index}`, 'x']));
    await expect(reading({ categories: wrong })).rejects.toThrow(/categories\.C9: [^;]*; and 5 more$/);
  });
});
