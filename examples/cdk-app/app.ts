import { App, Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Commitlane } from 'commitlane/cdk';

const app = new App();
const stack = new Stack(app, 'shop', { description: 'A shop whose chat remembers' });

const commitlane = new Commitlane(stack, 'Commitlane', {
  stage: 'shop',
  auth: { issuer: 'https://login.example.com/', audience: 'shop-chat' },
  corsOrigins: ['https://shop.example.com'],
  model: 'bedrock:global.amazon.nova-2-lite-v1:0',
});

// A resource of the shop's own. Its code would be a bundle of something like ../back-end-worker.
const worker = new Lambda(stack, 'Worker', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromInline('exports.handler = async () => console.log(process.env.COMMIT_QUEUE_URL);'),
  timeout: Duration.minutes(1),
  environment: { COMMIT_QUEUE_URL: commitlane.commitQueue.queueUrl, TENANT: 'shop' },
});
commitlane.grantEnqueue(worker);
new Rule(stack, 'Nightly', {
  schedule: Schedule.cron({ hour: '3', minute: '0' }),
  targets: [new LambdaFunction(worker)],
});
