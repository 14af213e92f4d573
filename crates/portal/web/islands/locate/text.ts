import en from "../locales/en/locate.json";
import fr from "../locales/fr/locate.json";
import { sentences, type Text } from "../text";

export type LocateText = Text<keyof typeof fr>;

export const locateText = (language: string): LocateText => sentences(language, { fr, en });
