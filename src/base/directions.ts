// Characters that reorder the text behind them: shown as their codes, they turn nothing around.

/** Overrides, embeddings and isolates, and what ends them. Marks that belong to a single letter are left alone. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

/** The same text, in which no character reorders what stands behind it: in the place of each is its code, such as ⟦U+202E⟧. */
export function withoutTurns(text: string): string {
  return text.replace(turning, (character) => `⟦U+${character.charCodeAt(0).toString(16).toUpperCase()}⟧`);
}
