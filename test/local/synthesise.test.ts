import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SynthesisError } from '../../local/errors.ts';
import { synthesise } from '../../local/template/synthesise.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A project whose app is this source; it writes what the CDK would. */
async function synthesiseWith(
  source: string,
  context: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
) {
  await using project = await temporaryFolder({
    'cdk.json': JSON.stringify({ app: 'node app.mjs' }),
    'app.mjs': `import { writeFileSync } from 'node:fs';
      const write = (name, value) => writeFileSync(process.env.CDK_OUTDIR + '/' + name, JSON.stringify(value));
      ${source}`,
  });
  await using output = await temporaryFolder();
  const folders = { projectFolder: project.path, outputFolder: output.path };
  const options = { ...folders, context, ...(signal && { signal }) };
  return { outputFolder: output.path, assembly: await synthesise(options) };
}

const stacks = (...names: string[]) =>
  `write('manifest.json', { artifacts: { tree: { type: 'cdk:tree' }, ${names
    .map(
      (name) => `${name}: { type: 'aws:cloudformation:stack', properties: { templateFile: '${name}.json' } }`,
    )
    .join(', ')} } });`;

describe('a synthesis', () => {
  it('gives the template, and where the code of its functions is', async () => {
    const { assembly, outputFolder } = await synthesiseWith(`
      ${stacks('one')}
      write('one.json', { Resources: { A: { Type: 'T' } } });
      write('one.assets.json', { files: {
        c0de: { source: { path: 'asset.c0de', packaging: 'zip' } },
        text: { source: { path: 'one.json', packaging: 'file' } },
      } });`);
    expect(assembly).toMatchObject({ stackName: 'one', template: { Resources: { A: { Type: 'T' } } } });
    expect([...assembly.assetFolders]).toEqual([['c0de', path.join(outputFolder, 'asset.c0de')]]);
  });

  it('passes the context on to the app', async () => {
    const { assembly } = await synthesiseWith(
      `${stacks('one')}
      write('one.json', { Resources: JSON.parse(process.env.CDK_CONTEXT_JSON) });
      write('one.assets.json', { files: {} });`,
      { 'commitlane:stage': 'blue' },
    );
    expect(assembly.template.Resources).toEqual({ 'commitlane:stage': 'blue' });
  });
});

describe('a synthesis that fails', () => {
  it('is ended when it is told to, with the reason that it was given', async () => {
    const reason = new Error('the user has gone');
    const never = 'setInterval(() => undefined, 1_000);';
    await expect(synthesiseWith(never, {}, AbortSignal.timeout(50))).rejects.toThrow(/timeout|aborted/i);
    await expect(synthesiseWith(never, {}, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('says what the app said', async () => {
    const failed = synthesiseWith(`console.error('commitlane:stage is wrong'); process.exit(1);`);
    await expect(failed).rejects.toThrow(SynthesisError);
    await expect(failed).rejects.toThrow('The CDK app did not synthesize:\ncommitlane:stage is wrong');
  });

  it.each([
    [0, stacks()],
    [2, stacks('one', 'two')],
  ])('says that the app must make one stack, when it makes %i', async (count, source) => {
    await expect(synthesiseWith(source)).rejects.toThrow(`must make one stack; it made ${count}`);
  });
});

describe("the project's own cdk.json", () => {
  it('says what app there is to run', async () => {
    const cdk = JSON.parse(await readFile(new URL('../../cdk.json', import.meta.url), 'utf8')) as object;
    expect(cdk).toMatchObject({ app: 'node cdk/app.ts' });
  });
});
