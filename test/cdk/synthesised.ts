import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { CommitlaneStack } from '../../cdk/commitlane-stack.ts';

interface Resource {
  readonly logicalId: string;
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface Synthesised {
  readonly Parameters: Readonly<Record<string, object>>;
  readonly Outputs: Readonly<Record<string, object>>;
  resources(type: string): Resource[];
  /** The only resource of a type whose logical id begins so. */
  resource(type: string, prefix?: string): Resource;
  /** The resource that a `Ref` or an `Fn::GetAtt` refers to. */
  referred(reference: unknown): Resource;
}

interface Template {
  readonly Parameters: Readonly<Record<string, object>>;
  readonly Outputs: Readonly<Record<string, object>>;
  readonly Resources: Readonly<Record<string, Omit<Resource, 'logicalId'>>>;
}

/** The stack's template; the functions' code is not bundled. Settings go by their names, without their prefix. */
export function synthesised(settings: Readonly<Record<string, unknown>> = {}): Synthesised {
  const { Parameters, Outputs, Resources } = synthesise(settings);
  const all = Object.entries(Resources).map(([logicalId, resource]) => ({ ...resource, logicalId }));

  function resource(type: string, prefix = ''): Resource {
    const [found, ...others] = all.filter(
      ({ Type, logicalId }) => Type === type && logicalId.startsWith(prefix),
    );
    if (found && others.length === 0) return found;
    throw new Error(`${prefix} (${type}) is not one resource of the template: ${1 + others.length}`);
  }

  return {
    Parameters,
    Outputs,
    resource,
    resources: (type) => all.filter(({ Type }) => Type === type),
    referred(reference) {
      const { Ref, 'Fn::GetAtt': attribute } = reference as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
      const found = all.find(({ logicalId }) => logicalId === (Ref ?? attribute?.[0]));
      if (found) return found;
      throw new Error(`${JSON.stringify(reference)} refers to no resource of the template`);
    },
  };
}

function synthesise(settings: Readonly<Record<string, unknown>>): Template {
  const outdir = mkdtempSync(path.join(tmpdir(), 'commitlane-synth-'));
  try {
    const context = Object.entries(settings).map(([name, value]) => [`commitlane:${name}`, value]);
    const app = new App({
      analyticsReporting: false,
      outdir,
      context: { ...Object.fromEntries(context), 'aws:cdk:bundling-stacks': [] },
    });
    const stack = new CommitlaneStack(app, 'commitlane-test');
    return app.synth().getStackByName(stack.stackName).template as Template;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
