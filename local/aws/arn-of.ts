import { localAws } from './local-aws.ts';

/** Their resources are the same in every region, and their ARNs name none. */
const GLOBAL_SERVICES = ['iam'];

/** The ARN of a resource of the local stack, such as `arn:aws:sqs:us-east-1:000000000000:Work.fifo`. */
export function arnOf(service: string, resource: string): string {
  const { partition, region, accountId } = localAws;
  const place = GLOBAL_SERVICES.includes(service) ? '' : region;
  return `arn:${partition}:${service}:${place}:${accountId}:${resource}`;
}
