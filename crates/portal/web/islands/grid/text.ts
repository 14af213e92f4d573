import en from "../locales/en/grid.json";
import fr from "../locales/fr/grid.json";
import { sentences, type Text } from "../text";

export type GridText = Text<keyof typeof fr>;

export const gridText = (language: string): GridText => sentences(language, { fr, en });
