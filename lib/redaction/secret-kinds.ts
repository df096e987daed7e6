/** What is taken for a secret, each kind with the words that stand in its place. */
export const secretKinds = {
  'private-key': 'private key',
  'aws-key': 'AWS key',
  'azure-key': 'Azure key',
  'google-key': 'Google key',
  'github-token': 'GitHub token',
  'gitlab-token': 'GitLab token',
  'slack-token': 'Slack token',
  'stripe-key': 'Stripe key',
  'openai-key': 'OpenAI key',
  'anthropic-key': 'Anthropic key',
  'npm-token': 'npm token',
  'sendgrid-key': 'SendGrid key',
  'twilio-key': 'Twilio key',
  'telegram-token': 'Telegram token',
  jwt: 'JWT',
  'api-key': 'API key',
  'card-number': 'card number',
  password: 'password',
} as const satisfies Readonly<Record<string, string>>;

export type SecretKind = keyof typeof secretKinds;

/** A secret in a text; `start` and `end` in UTF-16 units, `end` excluded. */
export interface FoundSecret {
  readonly kind: SecretKind;
  readonly start: number;
  readonly end: number;
}
