export { checkedBaseUrl } from './checked-base-url.ts';
export { ModelSettingError } from './errors.ts';
export { type Failure, failureOf } from './failure-of.ts';
export { forgettingRefused } from './forgetting-refused.ts';
export { once } from './once.ts';
export { type ProvidedModel, parseProvider } from './parse-provider.ts';
