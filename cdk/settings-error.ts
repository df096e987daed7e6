/** What a deployment was told cannot be deployed; the message says what is wrong, and what is allowed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
