import { App } from 'aws-cdk-lib';
import { CommitlaneStack } from './commitlane-stack.ts';
import { readSettings } from './settings.ts';

const app = new App({ analyticsReporting: false });
new CommitlaneStack(app, `commitlane-${readSettings(app.node).stage}`, {
  description: 'Commitlane: a commit pipeline for chat and agent sessions',
});
