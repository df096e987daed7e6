import { CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Commitlane } from './commitlane.ts';
import { readSettings } from './read-settings.ts';

/** A stack that is Commitlane and nothing else, deployed as CDK context says. */
export class CommitlaneStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const { auth, ...given } = readSettings(this.node).given;
    // The CDK leaves this id out of logical ids. With another one every resource would be replaced, the table included.
    new Commitlane(this, 'Default', { ...given, auth: auth === 'iam' ? auth : tokensOf(this) });
  }
}

/** Whose tokens the API takes, said when the stack is deployed. */
function tokensOf(stack: Stack) {
  const parameter = (id: string, description: string) =>
    new CfnParameter(stack, id, { type: 'String', description, minLength: 1 }).valueAsString;
  return {
    issuer: parameter('JwtIssuer', 'The issuer of the tokens, as in their claim iss'),
    audience: parameter('JwtAudience', 'The audience that tokens must be for, as in their claim aud'),
  };
}
