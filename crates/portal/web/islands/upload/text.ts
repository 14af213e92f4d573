import en from "../locales/en/upload.json";
import fr from "../locales/fr/upload.json";
import { sentences, type Text } from "../text";

export type UploadText = Text<keyof typeof fr>;

export const uploadText = (language: string): UploadText => sentences(language, { fr, en });
