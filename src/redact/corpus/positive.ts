// What must be found: for each rule, texts as people write them, and the secret in each. The texts are plain; the
// tests put them into JSON, once and twice over.
import { fake, fakeJwt, keyBlock } from './fake.ts';

export interface Positive {
  readonly rule: string;
  readonly secret: string;
  /** The text around the secret, which stands at `§`; without it the secret stands alone. */
  readonly text?: string;
}

const alnum = (length: number): string => fake('alphanumeric', length);
const hex = (length: number): string => fake('hex', length);

/** Tokens that are found wherever they stand. */
export const tokens: readonly Positive[] = [
  { rule: 'aws-access-key', secret: `AKIA${fake('base32', 16)}` },
  { rule: 'aws-access-key', secret: `ASIA${fake('base32', 16, 'temporary')}` },
  { rule: 'gcp-api-key', secret: `AIza${alnum(35)}` },
  { rule: 'google-oauth', secret: `ya29.${alnum(160)}` },
  { rule: 'google-oauth', secret: `GOCSPX-${alnum(28)}` },
  { rule: 'google-oauth', secret: `1//0${alnum(60)}` },
  ...['p', 'o', 'u', 's', 'r'].map((kind) => ({ rule: 'github-token', secret: `gh${kind}_${alnum(36)}` })),
  { rule: 'github-token', secret: `github_pat_${alnum(22)}_${alnum(59)}` },
  { rule: 'gitlab-token', secret: `glpat-${alnum(20)}` },
  { rule: 'anthropic-key', secret: `sk-ant-api03-${alnum(80)}-${alnum(8)}AA` },
  { rule: 'openai-key', secret: `sk-proj-${alnum(60)}_${alnum(60)}` },
  { rule: 'openrouter-key', secret: `sk-or-v1-${hex(64)}` },
  { rule: 'sk-key', secret: `sk-${alnum(48)}` },
  { rule: 'sk-key', secret: `sk-${hex(32)}` },
  { rule: 'slack-token', secret: `xoxb-${fake('digits', 12)}-${fake('digits', 12)}-${alnum(24)}` },
  { rule: 'slack-token', secret: `xapp-1-A${fake('base32', 10)}-${fake('digits', 13)}-${hex(64)}` },
  { rule: 'stripe-key', secret: `sk_live_${alnum(24)}` },
  { rule: 'stripe-key', secret: `rk_live_${alnum(99)}` },
  { rule: 'stripe-key', secret: `whsec_${alnum(32)}` },
  { rule: 'twilio-key', secret: `SK${hex(32)}` },
  { rule: 'sendgrid-key', secret: `SG.${alnum(22)}.${alnum(43)}` },
  { rule: 'mailgun-key', secret: `key-${hex(32)}` },
  { rule: 'npm-token', secret: `npm_${alnum(36)}` },
  { rule: 'pypi-token', secret: `pypi-AgE${alnum(150)}` },
  { rule: 'rubygems-token', secret: `rubygems_${hex(48)}` },
  { rule: 'huggingface-token', secret: `hf_${alnum(34)}` },
  { rule: 'digitalocean-token', secret: `dop_v1_${hex(64)}` },
  { rule: 'vault-token', secret: `hvs.${alnum(90)}` },
  { rule: 'age-key', secret: `AGE-SECRET-KEY-1${fake('base32', 58)}` },
  { rule: 'atlassian-token', secret: `ATATT3x${alnum(180)}` },
  { rule: 'databricks-token', secret: `dapi${hex(32)}` },
  { rule: 'docker-token', secret: `dckr_pat_${alnum(27)}` },
  { rule: 'doppler-token', secret: `dp.pt.${alnum(43)}` },
  { rule: 'figma-token', secret: `figd_${alnum(40)}` },
  { rule: 'grafana-token', secret: `glsa_${alnum(32)}_${hex(8)}` },
  { rule: 'groq-key', secret: `gsk_${alnum(52)}` },
  { rule: 'linear-key', secret: `lin_api_${alnum(40)}` },
  { rule: 'new-relic-key', secret: `NRAK-${fake('base32', 27)}` },
  { rule: 'notion-token', secret: `ntn_${alnum(46)}` },
  { rule: 'nvidia-key', secret: `nvapi-${alnum(64)}` },
  { rule: 'perplexity-key', secret: `pplx-${alnum(48)}` },
  { rule: 'pinecone-key', secret: `pcsk_${alnum(6)}_${alnum(60)}` },
  { rule: 'postman-key', secret: `PMAK-${hex(24)}-${hex(34)}` },
  { rule: 'pulumi-token', secret: `pul-${hex(40)}` },
  { rule: 'replicate-token', secret: `r8_${alnum(37)}` },
  { rule: 'sentry-token', secret: `sntryu_${hex(64)}` },
  { rule: 'shopify-token', secret: `shpat_${hex(32)}` },
  { rule: 'square-token', secret: `sq0atp-${alnum(22)}` },
  { rule: 'supabase-key', secret: `sbp_${hex(40)}` },
  { rule: 'tailscale-key', secret: `tskey-auth-${alnum(12)}-${alnum(32)}` },
  { rule: 'xai-key', secret: `xai-${alnum(80)}` },
  { rule: 'jwt', secret: fakeJwt() },
];

const pem = keyBlock('RSA PRIVATE KEY', '\n');
const openSsh = keyBlock('OPENSSH PRIVATE KEY', '\\n');
const numbered = keyBlock('EC PRIVATE KEY', '\n     2→', 3);

/** Secrets that show by what stands around them. */
export const inContext: readonly Positive[] = [
  {
    rule: 'private-key',
    text: `$ cat id_rsa\n${pem.text.replace(pem.body, '§')}\n$`,
    secret: `\n${pem.body}\n`.slice(1, -1),
  },
  { rule: 'private-key', text: `key: '${openSsh.text.replace(openSsh.body, '§')}'`, secret: openSsh.body },
  { rule: 'private-key', text: `     1→${numbered.text.replace(numbered.body, '§')}`, secret: numbered.body },
  { rule: 'private-key', text: '-----BEGIN PRIVATE KEY-----\n§', secret: fake('base64', 64) },
  { rule: 'url-password', text: 'postgres://app:§@db.internal:5432/app', secret: alnum(12) },
  { rule: 'url-password', text: 'redis://:§@cache:6379/0', secret: alnum(16) },
  { rule: 'url-password', text: 'git clone https://bot:§@git.corp.net/x.git', secret: alnum(20) },
  { rule: 'url-password', text: 'mongodb+srv://u:§@c0.mongodb.net', secret: 'p%40ss@word9' },
  {
    rule: 'slack-webhook',
    text: 'https://hooks.slack.com/services/§',
    secret: `T${fake('base32', 9)}/B${fake('base32', 9)}/${alnum(24)}`,
  },
  {
    rule: 'discord-webhook',
    text: `https://discord.com/api/webhooks/${fake('digits', 18)}/§`,
    secret: alnum(68),
  },
  { rule: 'telegram-token', text: `bot ${fake('digits', 10)}:§`, secret: `AA${alnum(33)}` },
  {
    rule: 'azure-key',
    text: 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=§;',
    secret: `${fake('base64', 86)}==`,
  },
  {
    rule: 'azure-signature',
    text: 'https://a.blob.core.windows.net/c?sv=2024&sig=§',
    secret: `${alnum(43)}%3D`,
  },
  { rule: 'aws-secret-key', text: 'aws_secret_access_key = §', secret: fake('base64', 40) },
  { rule: 'aws-secret-key', text: '"SecretAccessKey": "§",', secret: fake('base64', 40, 'b') },
  {
    rule: 'authorization',
    text: 'curl -H "Authorization: Bearer §" https://api.corp.net',
    secret: alnum(32),
  },
  { rule: 'authorization', text: "-H 'authorization: Basic §'", secret: `${fake('base64', 26)}==` },
  { rule: 'authorization', text: '{"headers":{"Authorization":"token §"}}', secret: hex(32) },
  { rule: 'bearer-token', text: 'const headers = ["Bearer §"]', secret: alnum(32) },
  { rule: 'cookie', text: 'Set-Cookie: session=§; Path=/; HttpOnly', secret: alnum(32) },
  { rule: 'cookie', text: "curl -b x -H 'Cookie: sid=§'", secret: `${alnum(24)}; csrf=${hex(16)}` },
  { rule: 'curl-user', text: 'curl -s -H "Accept: a/b" \\\n  -u admin:§ https://x', secret: alnum(10) },
  { rule: 'assignment', text: 'DB_PASSWORD=§\nPORT=1', secret: 'winter2024' },
  { rule: 'assignment', text: 'export APP_SECRET="§"', secret: alnum(32) },
  { rule: 'assignment', text: "SECRET_KEY_BASE='§'", secret: hex(128) },
  { rule: 'assignment', text: '{"password":"§"}', secret: 'Tr0ub4dor&3' },
  { rule: 'assignment', text: '{"password": "§", "user": "a"}', secret: 'Tr0ub4dor{,}:3' },
  { rule: 'assignment', text: 'apiKey: §\n', secret: alnum(24) },
  { rule: 'assignment', text: 'const apiToken: string = `§`;', secret: alnum(24) },
  { rule: 'assignment', text: 'TWILIO_AUTH_TOKEN: "§"', secret: hex(32) },
  { rule: 'assignment', text: 'deploy --api-token § --verbose', secret: alnum(24) },
  { rule: 'assignment', text: 'X-Api-Key: §', secret: hex(40) },
  { rule: 'assignment', text: 'https://x.net/cb?access_token=§&state=1', secret: alnum(22) },
  { rule: 'assignment', text: 'Server=x;User Id=sa;Password=§;', secret: 'Pa55!word9x' },
  { rule: 'assignment', text: "os.environ['STRIPE_TOKEN'] = '§'", secret: alnum(20) },
  { rule: 'assignment', text: '//registry.npmjs.org/:_authToken=§', secret: alnum(36) },
];
