export { arnOf } from './arn-of.ts';
export { localAws } from './local-aws.ts';
