import type { Retry } from '../errors/index.ts';
import { cancellationCodes } from './cancellation-codes.ts';

/** Throttled, overloaded, unreachable, and whatever nobody has decided about. */
const AFTER_FAILURE_MS = 1_000;
/** Somebody, or the spreading of a change of permissions, has to mend the deployment first. */
const AFTER_MISCONFIGURATION_MS = 30_000;

/**
 * The request is wrong in itself: the same one is always refused. By DynamoDB: an item above 400 KB, a key that is too
 * long, an expression that does not fit the item, another transaction with a token that is taken
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html); by SQS: a message that is
 * too long, or has characters that it does not take
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html).
 */
const REFUSED = new Set([
  'BatchRequestTooLong',
  'IdempotentParameterMismatch',
  'InvalidAttributeName',
  'InvalidAttributeValue',
  'InvalidMessageContents',
  'InvalidParameterValue',
  'ItemCollectionSizeLimitExceeded',
  'MissingParameter',
  'Serialization',
  'Validation',
  'ValidationError',
]);

/**
 * Every request would be refused alike, so that none is to blame: a role that lacks a right, or has it only in a minute
 * (IAM: "changes that I make are not always immediately visible"), a table or queue that is not there, or not yet active
 * ("its status might not be ACTIVE"). Giving all of them up at once would empty the queues into their dead letters.
 */
const MISCONFIGURED = new Set([
  'AccessDenied',
  'CredentialsProviderError',
  'ExpiredToken',
  'InaccessibleEncryptionCredentials',
  'InvalidAddress',
  'InvalidClientTokenId',
  'InvalidSecurity',
  'InvalidSignature',
  'KmsAccessDenied',
  'KmsDisabled',
  'KmsInvalidKeyUsage',
  'KmsInvalidState',
  'KmsNotFound',
  'KmsOptInRequired',
  'MissingAuthenticationToken',
  'NonExistentQueue',
  'OptInRequired',
  'QueueDoesNotExist',
  'ResourceNotFound',
  'SignatureDoesNotMatch',
  'UnrecognizedClient',
]);

/** Whether the same request would be refused however often it is repeated. */
export function isRefusedForGood(error: unknown): boolean {
  return namesOf(error).some((name) => REFUSED.has(name));
}

/**
 * Whether, and when, a request to AWS is worth repeating that failed with this error. A condition that did not hold is no
 * failure, and not asked about here.
 */
export function retryOf(error: unknown): Retry {
  if (isRefusedForGood(error)) return { retryable: false };
  const isMisconfigured = namesOf(error).some((name) => MISCONFIGURED.has(name));
  return { retryable: true, afterMs: isMisconfigured ? AFTER_MISCONFIGURATION_MS : AFTER_FAILURE_MS };
}

/** A cancelled transaction says of each of its operations what was wrong; its own name says nothing. */
const namesOf = (error: unknown): readonly string[] => [nameOf(error), ...cancellationCodes(error)];

/** Of one error, services say the name with or without `Exception` behind it, and SQS also its older one, with a prefix. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name.replace(/^.*\./, '').replace(/Exception$/, '') : '';
}
