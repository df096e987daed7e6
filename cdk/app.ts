import { App } from 'aws-cdk-lib';
import { CommitlaneStack } from './commitlane-stack.ts';
import { readSettings } from './read-settings.ts';

/** Of these a programmer wants to know where they come from; any other error says what is wrong to whoever deploys. */
const mistakes = [TypeError, ReferenceError, RangeError, SyntaxError];

try {
  const app = new App({ analyticsReporting: false });
  new CommitlaneStack(app, `commitlane-${readSettings(app.node).settings.stage}`, {
    description: 'Commitlane: a commit pipeline for chat and agent sessions',
  });
  app.synth();
} catch (error) {
  if (!(error instanceof Error) || mistakes.some((one) => error instanceof one)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
