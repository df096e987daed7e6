import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../local/temporary-folder.ts';
import { synthesised } from './synthesised.ts';

const SAMPLE = 'events/extraction/support.json';

function variableOf(stack: ReturnType<typeof synthesised>, name: string): unknown {
  const { Environment } = stack.resource('AWS::Lambda::Function', name).Properties;
  return (Environment as { Variables: Record<string, unknown> }).Variables['EXTRACTION_FILE'];
}

describe('the file that says what is to be extracted', () => {
  it('is told to the functions that need it, and to no others', () => {
    const stack = synthesised({ extraction: SAMPLE });
    for (const name of ['ApiFunction', 'FollowUpFunction'])
      expect(variableOf(stack, name)).toBe('extraction.json');
    for (const name of ['CommitFunction', 'AutoCommitFunction'])
      expect(variableOf(stack, name)).toBeUndefined();
    expect(stack.Outputs['ExtractionVersion']).toEqual({
      Value: expect.stringMatching(/^support\.[0-9a-f]{8}$/),
    });
  });

  it('is none by default', () => {
    const stack = synthesised();
    expect(variableOf(stack, 'FollowUpFunction')).toBeUndefined();
    expect(stack.Outputs).not.toHaveProperty('ExtractionVersion');
  });

  it('may be anywhere', async () => {
    await using folder = await temporaryFolder({ 'own.json': '{"categories": {"health": "health"}}' });
    const stack = synthesised({ extraction: path.join(folder.path, 'own.json') });
    expect(variableOf(stack, 'ApiFunction')).toBe('extraction.json');
  });

  it('stops the synthesis where it is wrong, with its name, the field and what was expected', async () => {
    await using folder = await temporaryFolder({ 'own.json': '{"categories": {"Health": "x"}, "more": 1}' });
    const file = path.join(folder.path, 'own.json');
    expect(() => synthesised({ extraction: file })).toThrow(
      `CDK context is wrong: commitlane:extraction names a file that is wrong: ${file} cannot be used: ` +
        'categories.Health: must be a category: at most 40 lower-case letters, digits and hyphens, the first a letter; ' +
        'the fields are categories, instructions, language and version, and no others',
    );
  });

  it.each([
    ['none.json', 'none.json does not exist'],
    ['events', 'events is not a file'],
    ['', 'commitlane:extraction must be the path of a file'],
  ])('stops the synthesis where there is none: %j', (extraction, problem) => {
    expect(() => synthesised({ extraction })).toThrow(problem);
  });
});
