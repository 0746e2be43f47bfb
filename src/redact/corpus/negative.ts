// What must survive byte for byte: things that look like secrets to a careless rule. Each is one line of a transcript
// or a text that the tests put into one.
import { fake } from './fake.ts';

const hex = (length: number): string => fake('hex', length);
const base64 = (length: number): string => fake('base64', length);
const uuid = '3f2b8c1e-9d4a-4e6f-8b7c-2a1d0e9f8c7b';

/** Whole lines, as agents write them. */
export const lines: readonly string[] = [
  { type: 'assistant', uuid, sessionId: uuid, message: { id: `msg_01${fake('alphanumeric', 22)}` } },
  {
    requestId: `req_011${fake('alphanumeric', 21)}`,
    usage: { input_tokens: 1234, cache_read_input_tokens: 12345678 },
  },
  { type: 'tool_use', id: `toolu_01${fake('alphanumeric', 22)}`, name: 'Bash', max_tokens: 4096 },
  { type: 'thinking', thinking: 'hm', signature: `${base64(600)}==` },
  { type: 'image', source: { type: 'base64', media_type: 'image/png', data: `iVBOR${base64(4000)}=` } },
  { integrity: `sha512-${base64(86)}==`, resolved: 'https://registry.npmjs.org/a/-/a-1.2.3.tgz' },
  { gitCommit: hex(40), tree: hex(40), digest: `sha256:${hex(64)}`, etag: hex(32) },
  { password: null, token: true, secret: 1234567890123456, credentials: [], api_key: {} },
  { password: '', token: 'string', secret: 'REDACTED', apiKey: '<your-api-key>', access_token: uuid },
  {
    token_count: 'abc123def456',
    tokenType: 'bearer2legged',
    secretName: 'app-secret-v2x9',
    password_hash: hex(64),
  },
  { nextPageToken: fake('alphanumeric', 40), credentialProvider: '^3.972.39', secretPath: 'kv/app1/db2' },
].map((line) => JSON.stringify(line));

/** Texts of messages, files and commands. */
export const texts: readonly string[] = [
  'token = getToken()',
  'const token = await auth.getToken2fa3b4c();',
  'password: string',
  'password?: string | undefined;',
  'function login(user: string, password: string, token: OAuth2Token1) {}',
  'apiKey: process.env.API_KEY_V2_3X4,',
  'api_key=os.environ["API_KEY_1A2B3"]',
  'TOKEN: ${{ secrets.GITHUB_TOKEN_2A3B }}',
  'export API_KEY=$MY_API_KEY_1A2B3C',
  'curl -H "Authorization: Bearer $TOKEN_1A2B3C" https://x',
  'Authorization: Bearer <your-token-1a2b3c>',
  'Authorization: Bearer ${accessToken2}',
  'All endpoints require Bearer token authentication.',
  'OPENAI_API_KEY=sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'GITHUB_TOKEN=ghp_xxx',
  `GITHUB_TOKEN=ghp_${'x'.repeat(36)}`,
  'ANTHROPIC_API_KEY=sk-ant-...',
  'password = "changeme123"',
  'password: "example-password-1"',
  'postgres://user:password@localhost:5432/app',
  'postgres://user:${DB_PASSWORD}@localhost/app',
  'https://x-access-token:$TOKEN@github.com/a/b',
  'git@github.com:owner/repo.git and http://localhost:3000/a@b',
  'see https://example.com:8443/a/b:c@d',
  'src/auth/token2fa/secret4b/password-reset.ts:12:3',
  'C:\\Users\\me\\secrets\\token: C:\\a1\\b2c3d4e5',
  '{ \'token\': k1e2y3ring9, "secret": k1e2y3ring9 }',
  'lexer.token2 === previousToken3[i1j2k3]',
  'lastToken = "?NonExpressionParenKeyword"',
  'the token limit: 200000 tokens, password policy: 12characters',
  '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
  '-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQsw\n',
  'the header is -----BEGIN RSA PRIVATE KEY----- and then the key follows',
  'author_email = "me1@corp2.org"',
  '"@aws-sdk/credential-provider-http": "^3.972.36"',
  'run `curl -u user:password` first',
  'cookie: cookieParser(), cookies=true',
  'task-1234567890abcdef1234567890abcdef12345678',
  'dependabot/npm_and_yarn/frontend/typescript-eslint/eslint-plugin-8.52.0',
  `commit ${hex(40)}\nAuthor: A <a@b.net>`,
  `sha256:${hex(64)}  ${hex(64)}  ./dist/index.js`,
  `uuid ${uuid}, eyJust a word. eyJ.a.b`,
];
