// Commits and addresses as Markdown.
import { webAddress } from '../facts.ts';
import { code, plain } from './text.ts';

/** A commit as the timeline tells it: its hash, then its subject. */
export function commitLine(text: string): string {
  const [sha = '', ...subject] = text.split(' ');
  return `${code(sha.slice(0, 12))} ${plain(subject.join(' '))}`.trim();
}

/** Linked if it leads to the web. */
export const addressLine = (text: string): string => {
  const address = webAddress(text);
  return address ? `<${address}>` : plain(text);
};
