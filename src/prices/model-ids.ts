// Under which ids a model may stand in a table: as it was recorded, and then without what hosts put around a model's id.

const makers = 'anthropic|openai|google|meta|mistral|deepseek|xai|qwen|moonshotai|moonshot|zai|minimax';
const dotted = new RegExp(`^(?:[a-z]{2,6}(?:-gov)?\\.)?(?:${makers})\\.`);

/** The id itself first; a further one counts only where those before it are unknown. */
export function idsOf(model: string): string[] {
  const ids = withoutPrefixes(model).flatMap((bare) => {
    const plain = bare.replace(/-v\d+(?::\d+)?$/, '').replace('@', '-');
    const undated = plain.replace(/-(?:\d{8}|\d{4}-\d\d-\d\d)$/, '');
    return [bare, plain, dashed(plain), undated, dashed(undated)];
  });
  return [...new Set(ids)];
}

/** `openrouter/anthropic/x`: itself, `anthropic/x`, `x`; `us.anthropic.x`: itself, `x`. */
function withoutPrefixes(model: string): string[] {
  const parts = model.split('/');
  const last = parts.at(-1) ?? model;
  const all = parts.map((_, i) => parts.slice(i).join('/'));
  return dotted.test(last) ? [...all, last.replace(dotted, '')] : all;
}

const dashed = (id: string): string => (id.startsWith('claude-') ? id.replaceAll('.', '-') : id);
