// Secrets that show by their surroundings: a URL, a header, a command, a dotted token.
import { escapedQuote, tokenStart } from '../escapes.ts';
import { isReference, isStandIn, looksChosen, looksGenerated } from '../looks-secret.ts';
import { matcher, type Rule } from '../rule.ts';

/** A quote as it looks in escaped text. */
const quote = String.raw`(?:${escapedQuote}|['\x60])`;
/**
 * From the end of a key or of a header's name to its value: `": "`, `: `, `', '`, `=`. Quotes of the JSON around it
 * come in pairs, or the value might be a number.
 */
const toValue = String.raw`(?:"[ ]?[:,][ ]?"|${quote}?[ \t]{0,4}[:=,>]{1,2}[ \t]{0,4}${quote}?)`;

const jwt = new RegExp(String.raw`${tokenStart}eyJ[\w-]{8,1000}\.[\w-]{4,8000}(?:\.[\w-]{0,2000}){0,3}`);

const urlPassword = new RegExp(
  String.raw`:\/\/[^\s"'\x60\\/@:<>]{0,128}:(?<secret>[^\s"'\x60\\/<>]{4,256})@(?=[\w[])`,
);

const authorization = new RegExp(
  String.raw`authorization${toValue}` +
    String.raw`(?:(?:bearer|basic|token|bot|digest|apikey|key|negotiate)[ \t]{1,4})?(?<secret>[\w.~+/=:-]{8,4096})(?![\w.~+/=:(-])`,
  'i',
);

const bearer = new RegExp(String.raw`${tokenStart}bearer[ \t]{1,4}(?<secret>[\w.~+/=-]{16,4096})`, 'i');

/** A server sets one cookie, and says more about it; a client sends all it has. */
const setCookie = new RegExp(
  String.raw`set-cookie${toValue}[\w.-]{1,64}=(?<secret>[^\s"'\x60\\;,]{12,1024})`,
  'i',
);
const cookies = new RegExp(
  String.raw`(?<!set-)cookie${toValue}[\w.-]{1,64}=(?<secret>[^\s"'\x60\\;,]{12,1024}(?:;[ ]?[\w.-]{1,64}=[^\s"'\x60\\;,]{0,512}){0,8})`,
  'i',
);

const awsSecret = new RegExp(
  String.raw`(?:secret_?access_?key|aws_secret(?:_key)?)${toValue}(?<secret>[A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=])`,
  'i',
);

/** Up to the end of the command: a line break that no backslash continues. */
const curlUser = new RegExp(
  String.raw`curl (?:[^"\n\\]|\\[^nrt\n]|\\\\\\n){0,400}?(?<=[ ])(?:-u|--user)[ =]?${quote}?[^\s:"'\\]{1,64}:(?<secret>[^\s"'\x60\\]{3,256})`,
);

const notHeld = (value: string): boolean => !isStandIn(value) && !isReference(value);
const chosen = (value: string): boolean => looksChosen(value, true);
const jwtAnchors = ['eyJa', 'eyJ0', 'eyJr', 'eyJl', 'eyJj', 'eyJ4', 'eyJi', 'eyJq', 'eyJ2', 'eyJh'];

export const structuredRules: readonly Rule[] = [
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
  {
    name: 'aws-secret-key',
    anchors: ['secretaccesskey', 'secret_access_key', 'aws_secret'],
    anyCase: true,
    at: matcher(awsSecret, looksGenerated),
  },
  { name: 'authorization', anchors: ['authorization'], anyCase: true, at: matcher(authorization, chosen) },
  { name: 'bearer-token', anchors: ['bearer '], anyCase: true, at: matcher(bearer, chosen) },
  { name: 'cookie', anchors: ['set-cookie'], anyCase: true, at: matcher(setCookie, chosen) },
  { name: 'cookie', anchors: ['cookie'], anyCase: true, at: matcher(cookies, chosen) },
  { name: 'curl-user', anchors: ['curl '], at: matcher(curlUser, notHeld) },
];
