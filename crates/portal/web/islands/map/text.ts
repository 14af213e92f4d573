import en from "../locales/en/map.json";
import fr from "../locales/fr/map.json";
import { sentences, type Text } from "../text";

export type MapText = Text<keyof typeof fr>;

export const mapText = (language: string): MapText => sentences(language, { fr, en });
