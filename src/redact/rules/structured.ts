// Secrets that show by their surroundings: a URL, a header, a key block, a dotted token.
import { tokenStart } from '../escapes.ts';
import { isReference, isStandIn, looksChosen, looksGenerated } from '../looks-secret.ts';
import { matcher, type Rule } from '../rule.ts';

/** A quote as it looks in escaped text. */
const quote = String.raw`\\{0,7}["'\x60]`;
/** The end of a key or a header's name, up to its value: `": "`, `: `, `', '`, `=`. */
const toValue = String.raw`(?:${quote})?[ \t]{0,4}[:=,>]{1,2}[ \t]{0,4}(?:${quote})?`;

const privateKey = new RegExp(
  String.raw`-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----` +
    // Not prose about keys: a run of base64 comes soon.
    String.raw`(?=[^"]{0,240}?[A-Za-z0-9+/]{32})` +
    // Base64, line breaks as escapes, line numbers and margins of whoever printed it, headers of encrypted keys.
    String.raw`(?<secret>(?:[A-Za-z0-9+/=\\ \t:,.|\u00e2\u0086\u0092]|-(?!----)){32,15000})`,
);

const jwt = new RegExp(String.raw`${tokenStart}eyJ[\w-]{8,2000}\.[\w-]{4,10000}(?:\.[\w-]{0,3000}){0,3}`);

const urlPassword = new RegExp(
  String.raw`:\/\/[^\s"'\x60\\/@:<>]{0,128}:(?<secret>[^\s"'\x60\\/<>]{3,256})@(?=[\w[])`,
);

const authorization = new RegExp(
  String.raw`authorization${toValue}` +
    String.raw`(?:(?:bearer|basic|token|bot|digest|apikey|key|negotiate)[ \t]{1,4})?(?<secret>[\w.~+/=:-]{8,4096})`,
  'i',
);

const bearer = new RegExp(String.raw`${tokenStart}bearer[ \t]{1,4}(?<secret>[\w.~+/=-]{16,4096})`, 'i');

const cookie = new RegExp(
  String.raw`cookie${toValue}[\w.-]{1,64}=(?<secret>[^\s"'\x60\\;,]{12,4096}(?:;[ ]?[\w.-]{1,64}=[^\s"'\x60\\;,]{0,1024}){0,8})`,
  'i',
);

const curlUser = new RegExp(
  String.raw`curl [^"\n\\]{0,300}?(?<=[ ])(?:-u|--user)[ =]?(?:${quote})?[^\s:"'\\]{1,64}:(?<secret>[^\s"'\\]{3,256})`,
);

const notHeld = (value: string): boolean => !isStandIn(value) && !isReference(value);
const chosen = (value: string): boolean => looksChosen(value, true);
const jwtAnchors = ['eyJa', 'eyJ0', 'eyJr', 'eyJl', 'eyJj', 'eyJ4', 'eyJi', 'eyJq', 'eyJ2', 'eyJh'];

export const structuredRules: readonly Rule[] = [
  { name: 'private-key', anchors: ['-----BEGIN'], at: matcher(privateKey, () => true) },
  { name: 'jwt', anchors: jwtAnchors, at: matcher(jwt, looksGenerated) },
  { name: 'url-password', anchors: ['://?', '://:', '://_'], at: matcher(urlPassword, notHeld) },
  {
    name: 'slack-webhook',
    anchors: ['hooks.slack.com'],
    at: matcher(
      /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[\w/]{20,128})/,
      looksGenerated,
    ),
  },
  {
    name: 'discord-webhook',
    anchors: ['/api/webhooks/'],
    at: matcher(/\/api\/webhooks\/\d{16,20}\/(?<secret>[\w-]{60,80})/, looksGenerated),
  },
  {
    name: 'telegram-token',
    anchors: [':AA?', ':AA_', ':AA-'],
    at: matcher(/(?<=(?<!\d)\d{8,10}):(?<secret>AA[\w-]{33})(?![\w-])/, looksGenerated),
  },
  {
    name: 'azure-key',
    anchors: ['AccountKey=', 'SharedAccessKey='],
    at: matcher(/(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{40,100}={0,2})/, looksGenerated),
  },
  {
    name: 'azure-signature',
    anchors: ['sig='],
    at: matcher(/(?<=[?&;]|\\u0026)sig=(?<secret>[A-Za-z0-9%+/]{40,100}={0,2})/, looksGenerated),
  },
  { name: 'authorization', anchors: ['authorization'], anyCase: true, at: matcher(authorization, chosen) },
  { name: 'bearer-token', anchors: ['bearer '], anyCase: true, at: matcher(bearer, chosen) },
  { name: 'cookie', anchors: ['cookie'], anyCase: true, at: matcher(cookie, looksGenerated) },
  { name: 'curl-user', anchors: ['curl '], at: matcher(curlUser, notHeld) },
];
