// Adds and removes single members of a JSON text and leaves every other byte alone: comments, indentation, line ends,
// order. jsonc-parser finds the places; its own edits reformat what stands around them. `remove` undoes `append`.
import { findNodeAtLocation, type JSONPath, type Node, parseTree, stripComments } from 'jsonc-parser';

/** Appends a member to the object (with a key) or the array that stands at `path`. */
export function append(text: string, path: JSONPath, value: unknown, key?: string): string {
  const container = nodeAt(text, path);
  const last = container.children?.at(-1);
  const unit = indentUnit(text);
  // A new member looks like the one before it: on a line of its own, or on the same line.
  const multiline = last ? startsLine(text, last.offset) : text.includes('\n') || path.length === 0;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const outer = lineIndent(text, container.offset);
  const indent = last ? lineIndent(text, last.offset) : outer + unit;

  const json = multiline ? JSON.stringify(value, undefined, unit) : JSON.stringify(value);
  const member = (key === undefined ? '' : JSON.stringify(key) + (multiline ? ': ' : ':')) + json;
  const lines = multiline ? eol + indent + member.replaceAll('\n', eol + indent) : member;

  if (!last) {
    const close = end(container) - 1;
    const inside = text.slice(0, close).trimEnd();
    return inside + lines + (multiline ? eol + outer : '') + text.slice(close);
  }
  const { comma, tail } = after(text, end(last));
  const [before, between] = [text.slice(0, end(last)), text.slice(end(last), tail)];
  const trailing = comma !== undefined && comma < tail;
  return before + (trailing ? `${between}${lines},` : `,${between}${lines}`) + text.slice(tail);
}

/** Removes the member at `path`, with its comma and its line. Comments around it stay. */
export function remove(text: string, path: JSONPath): string {
  const container = nodeAt(text, path.slice(0, -1));
  const value = findNodeAtLocation(container, path.slice(-1))!;
  const member = value.parent?.type === 'property' ? value.parent : value;
  const members = container.children!;
  const previous = members[members.indexOf(member) - 1];

  let head = text.slice(0, member.offset).trimEnd();
  const gap = text.slice(head.length, member.offset);
  const comma = after(text, end(member)).comma;
  const rest = text.slice(comma === undefined ? end(member) : comma + 1);
  if (members.length === 1 && head.length === container.offset + 1 && /^\s*[}\]]/.test(rest))
    return head + rest.trimStart();
  // The last member gone, the comma before it goes too, unless the list ended in a comma anyway.
  const before =
    previous && comma === undefined && members.at(-1) === member
      ? after(text, end(previous)).comma
      : undefined;
  if (before !== undefined) head = head.slice(0, before) + head.slice(before + 1);
  // What follows on the same line must not slip into a line comment that stands before.
  const commented = /\/\/[^\n]*$/.test(
    text.slice(previous ? end(previous) : container.offset, member.offset - gap.length),
  );
  const keepLine = commented && !/^[ \t]*(?:\r?\n|$)/.test(rest);
  return keepLine ? head + gap + rest.trimStart() : head + rest;
}

/** Puts another value in the place of the one at `path`. */
export function replace(text: string, path: JSONPath, value: unknown): string {
  const node = nodeAt(text, path);
  return text.slice(0, node.offset) + JSON.stringify(value) + text.slice(end(node));
}

/** Whether the object or array at `path` has a member besides the first, or a comment: something of someone else's. */
export function hasMore(text: string, path: JSONPath): boolean {
  const node = nodeAt(text, path);
  const source = text.slice(node.offset, end(node));
  return (node.children?.length ?? 0) > 1 || stripComments(source) !== source;
}

const end = (node: Node): number => node.offset + node.length;

function nodeAt(text: string, path: JSONPath): Node {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtLocation(root, path);
  if (!node) throw new Error(`nothing at ${path.join('.')}`);
  return node;
}

/** What follows a member: where its comma stands, and where the comma and the comments on the same line end. */
function after(text: string, offset: number): { comma?: number; tail: number } {
  const trivia = /\s+|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|,/y;
  let [comma, tail, sameLine]: [number | undefined, number, boolean] = [undefined, offset, true];
  trivia.lastIndex = offset;
  for (let match = trivia.exec(text); match; match = trivia.exec(text)) {
    if (match[0] === ',') {
      if (comma !== undefined) break;
      comma = match.index;
    }
    if (/^\s/.test(match[0])) sameLine &&= !match[0].includes('\n');
    else if (sameLine) tail = trivia.lastIndex;
  }
  return { comma, tail };
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
const lineIndent = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(lineStart(text, offset)))![0];
const startsLine = (text: string, offset: number): boolean => {
  const start = lineStart(text, offset);
  return start > 0 && text.slice(start, offset).trim() === '';
};

/** One step of indentation, as the first indented line has it. */
const indentUnit = (text: string): string => /\n([ \t]+)[^\s*]/.exec(text)?.[1] ?? '  ';
