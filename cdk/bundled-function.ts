import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { builtCode } from './built-code.ts';
import { bundleOptions, modelPackages } from './bundle-options.ts';
import type { EnvironmentOf, FunctionEnvironments } from './function-environments.ts';
import { useTracing } from './use-tracing.ts';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));

export interface BundledFunctionProps<Folder extends keyof FunctionEnvironments, Given> {
  /** The folder under `functions/` whose `handler.ts` exports `handler`. */
  readonly folder: Folder;
  readonly description: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Files that it finds beside its code: name → where the file is now. Default none. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether it may call models, as it is deployed; its code could. Default true. */
  readonly hasModels?: boolean;
  /** What the function reads of its environment: a variable that is missing, or one too many, is a type error. */
  readonly environment: EnvironmentOf<Folder, Given>;
  /** The ARN of a layer with an SDK of OpenTelemetry; none unless given. */
  readonly tracingLayer: string | undefined;
}

/**
 * One of our functions: everything it needs, the AWS SDK included, in one ES module with a source map. In the repository
 * the CDK bundles it; the package that is installed has its bundle.
 */
export function bundledFunction<
  Folder extends keyof FunctionEnvironments,
  Given extends Readonly<Record<string, string>>,
>(scope: Construct, id: string, props: BundledFunctionProps<Folder, Given>): LambdaFunction {
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // In place of the managed policy that functions get by default, which lets them write to every log group.
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  const common = {
    handler: 'handler',
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    timeout: Duration.millis(props.timeoutMs),
    memorySize: props.memoryMb,
    tracing: Tracing.ACTIVE,
    environment: { NODE_OPTIONS: '--enable-source-maps', ...props.environment },
    role,
    logGroup,
  };
  const code = builtCode(props);
  const handler = code
    ? new LambdaFunction(scope, id, { ...common, code, handler: 'index.handler' })
    : new NodejsFunction(scope, id, { ...common, ...fromSources(props) });
  useTracing(handler, props.tracingLayer);
  return handler;
}

function fromSources<Folder extends keyof FunctionEnvironments, Given>({
  folder,
  files = {},
  hasModels = true,
}: BundledFunctionProps<Folder, Given>) {
  return {
    entry: `${projectRoot}functions/${folder}/handler.ts`,
    projectRoot,
    depsLockFilePath: `${projectRoot}package-lock.json`,
    bundling: {
      ...bundleOptions,
      format: OutputFormat.ESM,
      sourceMap: true,
      bundleAwsSDK: true,
      externalModules: hasModels ? [] : modelPackages,
      forceDockerBundling: false,
      // The asset is hashed with them: a changed file is a changed function.
      commandHooks: {
        beforeBundling: () => [],
        beforeInstall: () => [],
        afterBundling: (_inputFolder: string, outputFolder: string) => copyCommands(files, outputFolder),
      },
    },
  };
}

/** For the shell in which the CDK bundles. */
function copyCommands(files: Readonly<Record<string, string>>, folder: string): string[] {
  return Object.entries(files).map(([name, file]) => `cp ${quoted(file)} ${quoted(`${folder}/${name}`)}`);
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
