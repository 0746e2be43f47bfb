// Keys that their maker gave a prefix: the prefix is the anchor, and the form of the rest is known.
import { tokenStart } from '../escapes.ts';
import { looksGenerated } from '../looks-secret.ts';
import { matcher, type Rule } from '../rule.ts';

interface ProviderKey {
  readonly name: string;
  readonly prefixes: readonly string[];
  /** What follows the prefix, as regex source. Always bounded. */
  readonly body: string;
}

const table = [
  { name: 'aws-access-key', prefixes: ['AKIA', 'ASIA', 'ABIA', 'ACCA'], body: '[A-Z2-7]{16}' },
  { name: 'gcp-api-key', prefixes: ['AIza'], body: '[\\w-]{35}' },
  { name: 'google-oauth', prefixes: ['ya29.', 'GOCSPX-', '1//0'], body: '[\\w.-]{20,2048}' },
  { name: 'github-token', prefixes: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], body: '[A-Za-z0-9]{36,255}' },
  { name: 'github-token', prefixes: ['github_pat_'], body: '\\w{40,255}' },
  {
    name: 'gitlab-token',
    prefixes: ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glsoat-'],
    body: '[\\w.-]{20,255}',
  },
  { name: 'anthropic-key', prefixes: ['sk-ant-'], body: '[\\w-]{20,255}' },
  { name: 'openai-key', prefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], body: '[\\w-]{20,255}' },
  { name: 'openrouter-key', prefixes: ['sk-or-v1-'], body: '[0-9a-f]{40,128}' },
  { name: 'sk-key', prefixes: ['sk-?'], body: '[A-Za-z0-9]{31,128}' },
  {
    name: 'slack-token',
    prefixes: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xoxc-', 'xoxd-', 'xapp-', 'xoxe.'],
    body: '[\\w.%-]{10,512}',
  },
  {
    name: 'stripe-key',
    prefixes: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_', 'whsec_'],
    body: '[A-Za-z0-9+/=]{16,255}',
  },
  { name: 'twilio-key', prefixes: ['SK##'], body: '[0-9a-f]{30}(?![\\w-])' },
  { name: 'sendgrid-key', prefixes: ['SG.?'], body: '[\\w-]{15,30}\\.[\\w-]{30,60}' },
  { name: 'mailgun-key', prefixes: ['key-##'], body: '[0-9a-f]{30}(?![\\w-])' },
  { name: 'npm-token', prefixes: ['npm_'], body: '[A-Za-z0-9]{36}(?!\\w)' },
  { name: 'pypi-token', prefixes: ['pypi-'], body: 'AgE[\\w-]{50,512}' },
  { name: 'rubygems-token', prefixes: ['rubygems_'], body: '[0-9a-f]{48}(?!\\w)' },
  { name: 'huggingface-token', prefixes: ['hf_?'], body: '[A-Za-z0-9]{29,63}(?!\\w)' },
  { name: 'digitalocean-token', prefixes: ['dop_v1_', 'doo_v1_', 'dor_v1_'], body: '[0-9a-f]{64}' },
  { name: 'vault-token', prefixes: ['hvs.?', 'hvb.?', 'hvr.?'], body: '[\\w-]{20,512}' },
  { name: 'age-key', prefixes: ['AGE-SECRET-KEY-1', 'AGE-PLUGIN-'], body: '[0-9A-Z-]{40,512}' },
  { name: 'atlassian-token', prefixes: ['ATATT3x', 'ATCTT3x'], body: '[\\w=-]{40,512}' },
  { name: 'databricks-token', prefixes: ['dapi##'], body: '[0-9a-f]{30}(?:-\\d)?(?!\\w)' },
  { name: 'docker-token', prefixes: ['dckr_pat_', 'dckr_oat_'], body: '[\\w-]{20,64}' },
  { name: 'doppler-token', prefixes: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.'], body: '[\\w.-]{30,128}' },
  { name: 'figma-token', prefixes: ['figd_'], body: '[\\w-]{30,64}' },
  { name: 'grafana-token', prefixes: ['glsa_', 'glc_'], body: '[\\w=+/]{32,512}' },
  { name: 'groq-key', prefixes: ['gsk_'], body: '[A-Za-z0-9]{40,64}' },
  { name: 'linear-key', prefixes: ['lin_api_', 'lin_oauth_'], body: '[A-Za-z0-9]{32,80}' },
  { name: 'new-relic-key', prefixes: ['NRAK-', 'NRII-', 'NRJS-'], body: '[\\w-]{19,40}' },
  { name: 'notion-token', prefixes: ['ntn_'], body: '[A-Za-z0-9]{40,60}' },
  { name: 'nvidia-key', prefixes: ['nvapi-'], body: '[\\w-]{40,80}' },
  { name: 'perplexity-key', prefixes: ['pplx-'], body: '[A-Za-z0-9]{40,64}' },
  { name: 'pinecone-key', prefixes: ['pcsk_'], body: '\\w{40,80}' },
  { name: 'postman-key', prefixes: ['PMAK-'], body: '[0-9a-f]{24}-[0-9a-f]{34}' },
  { name: 'pulumi-token', prefixes: ['pul-##'], body: '[0-9a-f]{38}(?!\\w)' },
  { name: 'replicate-token', prefixes: ['r8_?'], body: '[A-Za-z0-9]{36,40}(?!\\w)' },
  { name: 'sentry-token', prefixes: ['sntrys_', 'sntryu_'], body: '[\\w=+/]{40,512}' },
  { name: 'shopify-token', prefixes: ['shpat_', 'shpca_', 'shppa_', 'shpss_'], body: '[0-9a-fA-F]{32}' },
  { name: 'square-token', prefixes: ['sq0atp-', 'sq0csp-'], body: '[\\w-]{22,64}' },
  { name: 'supabase-key', prefixes: ['sbp_##', 'sb_secret_'], body: '[\\w-]{20,64}' },
  { name: 'tailscale-key', prefixes: ['tskey-'], body: '[\\w-]{20,128}' },
  { name: 'xai-key', prefixes: ['xai-?'], body: '[A-Za-z0-9]{50,120}' },
] as const satisfies readonly ProviderKey[];

const escapeRegex = (text: string): string => text.replace(/[.*+^$()[\]{}|\\/]/g, String.raw`\$&`);
const prefixSource = (prefix: string): string =>
  escapeRegex(prefix).replaceAll('?', '[A-Za-z0-9]').replaceAll('#', '[0-9a-f]');

export const providerRules: readonly Rule[] = table.map(({ name, prefixes, body }) => ({
  name,
  anchors: prefixes,
  at: matcher(new RegExp(`${tokenStart}(?:${prefixes.map(prefixSource).join('|')})${body}`), looksGenerated),
}));
