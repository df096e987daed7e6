/**
 * Secrets that nobody has, with the form of real ones. They are put together here, so that no file holds one in a piece
 * and no scanner of a code host takes it for a leak.
 */
const join = (...pieces: readonly string[]) => pieces.join('');
const fake = (alphabet: string, length: number) =>
  alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length);

const ALNUM = 'aB3dE5gH7jK9mN1pQ';
const HEX = '0face1deca2fbad3';

export const fakes = {
  awsId: join('AK', 'IA', fake('FAKE7KEY', 16)),
  awsSessionId: join('AS', 'IA', fake('FAKE7KEY', 16)),
  awsSecret: fake('FAKEkeyFAKE9/secret7+', 40),
  githubToken: join('gh', 'p_', fake(ALNUM, 36)),
  githubFineGrained: join('github', '_pat_', fake(ALNUM, 22), '_', fake(ALNUM, 59)),
  gitlabToken: join('gl', 'pat-', fake(ALNUM, 20)),
  slackBot: join('xo', 'xb-', '1234567890-', fake(ALNUM, 24)),
  slackHook: join('https://hooks.', 'slack.com/', 'services/T0FAKE/B0FAKE/', fake(ALNUM, 24)),
  stripe: join('sk', '_live_', fake(ALNUM, 24)),
  stripeRestricted: join('rk', '_test_', fake(ALNUM, 24)),
  stripeWebhook: join('wh', 'sec_', fake(ALNUM, 32)),
  google: join('AI', 'za', fake(ALNUM, 35)),
  googleSecret: join('GOC', 'SPX-', fake(ALNUM, 28)),
  openai: join('sk', '-proj-', fake(ALNUM, 48)),
  openaiOld: join('sk', '-', fake(ALNUM, 20), 'T3Blbk', 'FJ', fake(ALNUM, 20)),
  anthropic: join('sk', '-ant-', 'api03-', fake(ALNUM, 60), 'AA'),
  azureStorage: `${fake('FAKE/key+0azure', 86)}==`,
  azureClient: join('fak', '8', 'Q~', fake(ALNUM, 34)),
  npm: join('np', 'm_', fake(ALNUM, 36)),
  sendgrid: join('S', 'G.', fake(ALNUM, 22), '.', fake(ALNUM, 43)),
  twilioKey: join('S', 'K', fake(HEX, 32)),
  twilioToken: fake(HEX, 32),
  telegram: join('123456789', ':', 'AA', fake(ALNUM, 33)),
  jwt: join('ey', 'J', fake(ALNUM, 17), '.ey', 'J', fake(ALNUM, 30), '.', fake(ALNUM, 43)),
  huggingface: join('h', 'f_', fake('FakeTokenOfNobody', 34)),
  openrouter: join('sk', '-or-v1-', fake(HEX, 64)),
  digitalocean: join('do', 'p_v1_', fake(HEX, 64)),
  discordHook: join('https://discord.com/api/', 'webhooks/', '123456789012345678/', fake(ALNUM, 68)),
  pemBody: [fake(`MII${ALNUM}`, 64), fake(`${ALNUM}+/`, 64), fake(ALNUM, 24)].join('\n'),
} as const;

const dashes = '-----';
export const pem = (label: string, body: string) =>
  `${dashes}BEGIN ${label}${dashes}\n${body}\n${dashes}END ${label}${dashes}`;
export const pemBegin = (label: string) => `${dashes}BEGIN ${label}${dashes}`;
export const pemEnd = (label: string) => `${dashes}END ${label}${dashes}`;
