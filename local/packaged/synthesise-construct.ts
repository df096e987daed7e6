import type { CommitlaneProps } from '../../cdk/index.ts';
import { type Assembly, readAssembly } from '../template/synthesise.ts';

const PREFIX = 'commitlane:';
/** As a local stack of the project has it: needs no network, and pages of no origin but those that the gateway adds. */
const OWN = { model: 'offline', corsOrigins: ['http://localhost'] } satisfies Partial<CommitlaneProps>;
const numbers = ['embeddingDimensions'];

/**
 * Synthesizes a stack that is the package's construct and nothing else, from the bundles beside it.
 *
 * @param dist the folder `dist` of the package.
 * @param folder where the assembly goes.
 * @param context settings, as CDK context.
 * @throws SettingsError; an error with the code ERR_MODULE_NOT_FOUND where the CDK is not installed.
 */
export async function synthesiseConstruct(
  dist: URL,
  folder: string,
  context: Readonly<Record<string, string>>,
): Promise<Assembly> {
  const { App, CfnParameter, Stack } = await import('aws-cdk-lib');
  const { Commitlane }: typeof import('../../cdk/index.ts') = await import(new URL('cdk.js', dist).href);
  const app = new App({ outdir: folder, analyticsReporting: false });
  const stack = new Stack(app, 'commitlane-dev');
  const parameter = (id: string) => new CfnParameter(stack, id, { type: 'String' }).valueAsString;
  const auth = { issuer: parameter('JwtIssuer'), audience: parameter('JwtAudience') };
  new Commitlane(stack, 'Default', { ...OWN, ...propsOf(context), auth });
  app.synth();
  return readAssembly(folder);
}

function propsOf(context: Readonly<Record<string, string>>): Partial<CommitlaneProps> {
  return Object.fromEntries(
    Object.entries(context).map(([setting, value]) => {
      const name = setting.slice(PREFIX.length);
      return [name, numbers.includes(name) ? Number(value) : value];
    }),
  );
}
