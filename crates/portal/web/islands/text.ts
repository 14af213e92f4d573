// What the islands say, from locales/{language}/{island}.json; French is the portal's first language.

/** Gives a sentence, with its `{placeholders}` filled. */
export type Text<Key extends string = "yes" | "no" | "geometry"> = (key: Key, values?: Record<string, string>) => string;

export function sentences<Key extends string>(language: string, all: { fr: Record<Key, string>; en: Record<Key, string> }): Text<Key> {
  const chosen = language.startsWith("en") ? all.en : all.fr;
  return (key, values = {}) => chosen[key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
